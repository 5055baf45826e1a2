/** The demo's telephone system and gateways: who comes, what becomes of them, and what each command does. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type CommandResult, CONNECTOR_VERBS, type ConnectorCommand, connectorOffer, type ConnectorVerb, type WorkflowCommand } from '../../lib/api/connector.ts';
import type { Channel } from '../../lib/catalogue/index.ts';
import { readNumber } from '../../lib/numbers/hub.ts';
import { CALL_BACK } from '../../server/demo/traffic/carry-out.ts';
import { beginDay, type Day, type DayEffect, type DayEvent, type Rules, wakeAt } from '../../server/demo/traffic/day.ts';
import { MOST_WAITING } from '../../server/demo/traffic/habits.ts';
import type { Places } from '../../server/demo/traffic/offering.ts';
import { createRandom } from '../../server/demo/traffic/random.ts';
import { step } from '../../server/demo/traffic/step.ts';

const PLACES: Places = {
  queues: [
    { id: 'motor', name: 'Motor claims', channels: ['voice', 'email', 'messages'] },
    { id: 'chat', name: 'Website chat', channels: ['messages'] },
    { id: 'other', name: 'Another one', channels: ['voice', 'email'] },
  ],
  people: [{ id: 'amira', email: 'amira@harbour.example' }],
};
const MINUTE = 60_000;

/** Runs a day on a clock of its own, and keeps what was said to the hub. */
function run(rules: Partial<Rules> = {}, seed = 1) {
  let day: Day = beginDay({ run: 'r', pace: 0, quietMs: 0, flaky: false, ...rules });
  let now = 1_000_000;
  let asked = 0;
  const random = createRandom(seed);
  const said: (DayEffect & { readonly at: number })[] = [];
  const results = new Map<string, CommandResult>();
  const hear = (event: DayEvent): readonly DayEffect[] => {
    const [next, effects] = step(day, event, { now, random });
    day = next;
    said.push(...effects.map((effect) => ({ ...effect, at: now })));
    for (const effect of effects) if (effect.do === 'answer') results.set(effect.commandId, effect.result);
    return effects;
  };
  return {
    hear,
    said,
    day: () => day,
    now: () => now,
    /** Each tick at its time. */
    pass(milliseconds: number) {
      const end = now + milliseconds;
      for (let at = wakeAt(day); at !== null && at <= end; at = wakeAt(day)) {
        now = Math.max(now, at);
        hear({ type: 'tick' });
      }
      now = end;
    },
    open: () => hear({ type: 'open', places: PLACES }),
    offers: () => said.flatMap((effect) => (effect.do === 'offer' ? [effect.offer] : [])),
    reports: () => said.flatMap((effect) => (effect.do === 'report' ? [effect] : [])),
    answers: () => said.flatMap((effect) => (effect.do === 'answer' ? [effect] : [])),
    /** Asks, and lets it be carried out; answers the result. */
    ask(verb: ConnectorVerb, ref: string, more: Partial<ConnectorCommand> = {}) {
      const command = { id: `c${++asked}`, verb, interactionId: `id of ${ref}`, ref, channel: 'voice' as Channel, agent: { id: 'p', name: 'Amira', email: 'amira@harbour.example' }, ...more };
      this.hear({ type: 'command', command });
      this.pass(400);
      return results.get(command.id);
    },
    script(ref: string, channel: Channel = 'voice', more: { waits?: number; stays?: number; replies?: string[] } = {}) {
      const offer = { channel, queueId: 'motor', customer: { address: '+33199004712' } };
      this.hear({ type: 'script', ref, scripted: { offer, waits: more.waits ?? null, stays: more.stays ?? null, replies: more.replies ?? [] } });
      this.hear({ type: 'offered', ref, id: `id of ${ref}` });
    },
  };
}
const eventsOf = (centre: ReturnType<typeof run>) => centre.reports().map(({ event }) => event.event);

describe('a workflow', () => {
  const command = (workflow: string, id: string): WorkflowCommand => ({
    id, verb: 'run', workflow, button: { id: 'b', name: 'Plan a call back' }, trigger: 'byHand', agent: { id: 'p', name: 'Amira', email: '' }, variables: { 'customer.number': '+33199004712' }, hidden: [],
  });

  it('is carried out where there is one of its name, with or without an interaction, and once', () => {
    const centre = run({ pace: 0 });
    centre.open();
    for (const id of ['w1', 'w1', 'w2']) centre.hear({ type: 'command', command: command(id === 'w2' ? 'no-such' : CALL_BACK, id) });
    centre.pass(400);
    const answers = centre.answers().toSorted((a, b) => a.commandId.localeCompare(b.commandId));
    expect(answers.map(({ commandId, result }) => [commandId, result.result])).toEqual([['w1', 'done'], ['w2', 'failed']]);
    expect(answers[0]!.result).toMatchObject({ message: expect.stringContaining('+33199004712') as string });
  });
});

describe('a day', () => {
  it('brings calls, emails and messages at about the pace said, and the same ones for the same seed', () => {
    const counts = (seed: number) => {
      const centre = run({ pace: 1 }, seed);
      centre.open();
      // Nobody answers, so that the queues are full soon: somebody takes each at once.
      for (let minute = 0; minute < 120; minute += 1) {
        centre.pass(MINUTE);
        for (const { ref, channel, state } of centre.day().contacts.values()) if (state === 'waiting') centre.ask('hangup', ref, { channel });
      }
      return centre.offers();
    };
    const offers = counts(7);
    const of = (channel: Channel) => offers.filter((offer) => offer.channel === channel).length;
    expect(of('voice')).toBeGreaterThan(230);
    expect(of('voice')).toBeLessThan(350);
    expect(of('email')).toBeGreaterThan(95);
    expect(of('email')).toBeLessThan(150);
    expect(of('messages')).toBeGreaterThan(145);
    expect(counts(7)).toEqual(offers);
    expect(counts(8)).not.toEqual(offers);
    expect(new Set(offers.map(({ customer }) => customer.language))).toEqual(new Set(['en', 'fr', 'es', 'de', 'he']));
    for (const offer of offers) {
      expect(v.is(connectorOffer, offer)).toBe(true);
      expect(JSON.stringify(offer)).not.toMatch(/\{\w|undefined/);
      if (offer.channel !== 'email') expect(readNumber(offer.customer.address, 'FR')).toMatchObject({ e164: offer.customer.address, country: 'FR', known: true });
    }
  });

  it('brings nobody at pace 0, and nobody while the hub is away', () => {
    const quiet = run({ pace: 0 });
    quiet.open();
    quiet.pass(60 * MINUTE);
    expect(quiet.said).toEqual([]);
    const centre = run({ pace: 1 });
    centre.open();
    centre.hear({ type: 'lost' });
    centre.pass(60 * MINUTE);
    expect(centre.offers()).toEqual([]);
    centre.open();
    centre.pass(5 * MINUTE);
    expect(centre.offers().length).toBeGreaterThan(0);
  });

  it('brings nobody in the quiet at its beginning, and then as ever', () => {
    const centre = run({ pace: 1, quietMs: 3 * MINUTE });
    centre.open();
    centre.pass(3 * MINUTE);
    expect(centre.offers()).toEqual([]);
    centre.pass(MINUTE);
    const soon = centre.offers().length;
    centre.hear({ type: 'lost' });
    centre.open();
    centre.pass(MINUTE);
    expect([soon > 0, centre.offers().length > soon]).toEqual([true, true]);
  });

  it('never lets more than a few wait in one queue', () => {
    const centre = run({ pace: 5 });
    centre.open();
    for (let second = 0; second < 1800; second += 1) {
      centre.pass(1000);
      const waiting = Map.groupBy(centre.day().contacts.values(), ({ queueId, channel }) => `${queueId} ${channel}`);
      for (const [key, list] of waiting) if (!key.startsWith('null')) expect(list.length).toBeLessThanOrEqual(MOST_WAITING[list[0]!.channel]);
    }
  });

  it('lets callers give up and chats close, while email waits', () => {
    const centre = run({ pace: 1 });
    centre.open();
    centre.pass(20 * MINUTE);
    const gone = new Set(centre.reports().filter(({ event }) => event.event === 'ended').map(({ ref }) => ref));
    const of = (channel: Channel) => centre.offers().filter((offer) => offer.channel === channel && gone.has(offer.ref));
    expect(of('voice').length).toBeGreaterThan(0);
    expect(of('messages').length).toBeGreaterThan(0);
    expect(of('email')).toEqual([]);
  });

  it('ends with everybody gone', () => {
    const centre = run({ pace: 3 });
    centre.open();
    centre.pass(3 * MINUTE);
    const there = [...centre.day().contacts.keys()];
    expect(there.length).toBeGreaterThan(3);
    const effects = centre.hear({ type: 'stop' });
    expect(effects.flatMap((effect) => (effect.do === 'report' && effect.event.event === 'ended' ? [effect.ref] : []))).toEqual(there);
    expect(centre.day().contacts.size).toBe(0);
  });
});

describe('a command', () => {
  it('is answered after 50 to 400 ms, once, and again where it is asked again', () => {
    const centre = run();
    centre.script('a');
    const command = { id: 'c', verb: 'answer' as const, interactionId: 'i', ref: 'a', channel: 'voice' as const, agent: { id: 'p', name: 'P', email: '' } };
    centre.hear({ type: 'command', command });
    centre.hear({ type: 'command', command });
    const from = centre.now();
    centre.pass(1000);
    expect(centre.answers()).toHaveLength(1);
    const after = centre.said.find((effect) => effect.do === 'answer')!.at - from;
    expect(after).toBeGreaterThanOrEqual(50);
    expect(after).toBeLessThanOrEqual(400);
    expect(centre.hear({ type: 'command', command })).toEqual([{ do: 'answer', commandId: 'c', result: { result: 'done' } }]);
  });

  it('fails with a sentence now and then where the system is flaky, but hanging up never', () => {
    const centre = run({ flaky: true });
    const results = Array.from({ length: 400 }, (_, at) => {
      centre.script(`a${at}`);
      return [centre.ask('hold', `a${at}`), centre.ask('hangup', `a${at}`)] as const;
    });
    const failed = results.filter(([held]) => held?.result === 'failed');
    expect(failed.length).toBeGreaterThan(5);
    expect(failed.length).toBeLessThan(50);
    expect(failed[0]![0]).toMatchObject({ why: expect.stringMatching(/\.$/) });
    expect(results.every(([, ended]) => ended?.result === 'done')).toBe(true);
  });

  it('fails where a script said so, once', () => {
    const centre = run();
    centre.script('a');
    centre.hear({ type: 'fail', verb: 'hold', why: 'No.' });
    expect(centre.ask('mute', 'a')).toEqual({ result: 'done' });
    expect(centre.ask('hold', 'a')).toEqual({ result: 'failed', why: 'No.' });
    expect(centre.ask('hold', 'a')).toEqual({ result: 'done' });
  });

  it('of one whom the customer has left fails, but letting go of it does not', () => {
    const centre = run({ run: 'r' });
    centre.script('r-s1');
    centre.hear({ type: 'end', ref: 'r-s1' });
    expect(centre.ask('answer', 'r-s1')).toEqual({ result: 'failed', why: 'The customer has hung up.' });
    expect(centre.ask('hangup', 'r-s1')).toEqual({ result: 'done' });
  });

  it('of one from before the process was started is carried out', () => {
    const centre = run();
    expect(centre.ask('answer', 'earlier-3')).toEqual({ result: 'done' });
    expect(centre.ask('hangup', 'earlier-3')).toEqual({ result: 'done' });
    expect(centre.day().contacts.size).toBe(0);
  });
});

describe('a call', () => {
  it('that is answered goes on until the customer hangs up, but not while they are on hold', () => {
    const centre = run();
    centre.script('a', 'voice', { waits: 1000, stays: 30_000 });
    centre.ask('answer', 'a');
    centre.ask('hold', 'a');
    centre.pass(5 * MINUTE);
    expect(centre.reports()).toEqual([]);
    centre.ask('resume', 'a');
    centre.pass(30_000);
    expect(eventsOf(centre)).toEqual(['ended']);
  });

  it('that was recorded has its recording when recording stops, and when it ends', () => {
    const centre = run();
    centre.script('a');
    centre.ask('answer', 'a');
    centre.ask('record', 'a');
    centre.pass(9600);
    centre.ask('stopRecording', 'a');
    centre.ask('record', 'a');
    centre.ask('hangup', 'a');
    const recorded = centre.reports();
    expect(recorded.map(({ id, event }) => [id, event.event, event.event === 'recorded' && event.type])).toEqual([
      ['id of a', 'recorded', 'audio/wav'],
      ['id of a', 'recorded', 'audio/wav'],
    ]);
    expect(recorded[0]!.event).toMatchObject({ seconds: 10 });
    const sound = Buffer.from((recorded[0]!.event as { base64: string }).base64, 'base64');
    expect([sound.subarray(0, 4).toString(), sound.readUInt32LE(40), sound.length]).toEqual(['RIFF', sound.length - 44, 12_044]);
  });

  it.each([
    ['+33199004712', 'answered', undefined],
    ['+33199004710', 'failed', 'Busy'],
    ['+33199004719', 'failed', 'No answer'],
  ])('to %s is %s', (address, event, why) => {
    const centre = run();
    const result = centre.ask('dial', 'out/1', { to: { address } });
    expect(result).toEqual({ result: 'done', ref: 'r-1' });
    centre.pass(MINUTE);
    expect(centre.reports().map((report) => [report.ref, report.id, report.event])).toEqual([['r-1', 'id of out/1', { event, ...(why ? { why } : {}) }]]);
  });

  it('that a colleague passes to a queue waits there for its next person, under the new id', () => {
    const centre = run();
    centre.script('a', 'voice', { stays: 30_000, waits: 11 * MINUTE });
    centre.ask('answer', 'a');
    centre.ask('transfer', 'a', { to: { way: 'blindQueue', queueId: 'other' } });
    centre.pass(10 * MINUTE);
    expect(centre.reports()).toEqual([]);
    centre.ask('answer', 'a', { interactionId: 'second' });
    centre.pass(MINUTE);
    expect(centre.reports()).toMatchObject([{ id: 'second', event: { event: 'ended' } }]);
  });

  it('that was passed on and is given up asks the hub for its new id first', () => {
    const centre = run();
    centre.script('a', 'voice', { waits: 30_000 });
    centre.ask('answer', 'a');
    centre.ask('transfer', 'a', { to: { way: 'blindQueue', queueId: 'other' } });
    centre.pass(MINUTE);
    expect(centre.said.slice(-2)).toMatchObject([{ do: 'offer', offer: { ref: 'a', queueId: 'motor' } }, { do: 'report', ref: 'a', id: null, event: { event: 'ended' } }]);
  });

  it('passed on to a colleague who is on the second line already is theirs at once', () => {
    const centre = run();
    centre.script('a', 'voice', { stays: 60_000 });
    centre.ask('answer', 'a');
    centre.ask('consult', 'a', { to: { way: 'assistedQueue', queueId: 'other' } });
    centre.ask('answer', 'a/consult/1', { interactionId: 'line' });
    centre.ask('transfer', 'a', { to: { way: 'assistedQueue', queueId: 'other' } });
    centre.pass(2 * MINUTE);
    expect(centre.reports()).toMatchObject([{ ref: 'a', id: 'line', event: { event: 'ended' } }]);
    expect(centre.day().contacts.size).toBe(0);
  });

  it('passed outside is gone, or comes back where nobody is reached', () => {
    const centre = run();
    centre.script('a');
    centre.ask('answer', 'a');
    expect(centre.ask('transfer', 'a', { to: { way: 'external', address: '+33199000110' } })).toEqual({ result: 'failed', why: 'The line is busy.' });
    expect(centre.day().contacts.get('a')?.state).toBe('talking');
    expect(centre.ask('transfer', 'a', { to: { way: 'external', address: '+33199000112' } })).toEqual({ result: 'done' });
    expect(centre.day().contacts.size).toBe(0);
  });

  it('consulted about outside is answered, is busy or is not', () => {
    const centre = run();
    for (const [at, address] of ['+33199000112', '+33199000110', '+33199000119'].entries()) {
      centre.script(`a${at}`);
      centre.ask('answer', `a${at}`);
      centre.ask('consult', `a${at}`, { to: { address } });
    }
    centre.pass(MINUTE);
    expect(centre.reports().map(({ ref, event }) => [ref, event.event]).sort()).toEqual([['a0', 'consultAnswered'], ['a1', 'consultEnded'], ['a2', 'consultEnded']]);
  });

  it('consulted about with a queue is taken by a played colleague where no real one does', () => {
    const [alone, taken, scripted] = [run({ pace: 0.001 }), run({ pace: 0.001 }), run({ pace: 0 })];
    for (const centre of [alone, taken, scripted]) {
      centre.script('a');
      centre.ask('answer', 'a');
      centre.ask('consult', 'a', { to: { way: 'assistedQueue', queueId: 'other' } });
      if (centre === taken) centre.ask('answer', 'a/consult/1');
      centre.pass(MINUTE);
    }
    expect([alone, taken, scripted].map(eventsOf)).toEqual([['consultAnswered'], [], []]);
  });
});

describe('what is written', () => {
  it('in a chat is answered by the customer until they have nothing more to say, and then they go', () => {
    const centre = run();
    centre.script('a', 'messages', { stays: 10 * MINUTE, replies: ['One.', 'Two.'] });
    centre.ask('answer', 'a', { channel: 'messages' });
    for (const text of ['A?', 'B?', 'Bye.']) {
      centre.ask('send', 'a', { channel: 'messages', text });
      centre.pass(MINUTE);
    }
    expect(centre.reports().map(({ event }) => (event.event === 'message' ? event.text : event.event))).toEqual(['One.', 'Two.', 'ended']);
  });

  it('by email is answered again by some, in the same one or as a new one', () => {
    const centre = run({ pace: 1 }, 3);
    centre.open();
    let open = true;
    for (let minute = 0; minute < 240; minute += 1) {
      centre.pass(MINUTE);
      for (const { ref, channel, state } of centre.day().contacts.values()) {
        if (channel !== 'email') centre.ask('hangup', ref, { channel });
        else if (state === 'waiting') {
          centre.ask('answer', ref, { channel });
          centre.ask('send', ref, { channel, text: 'An answer.' });
          open = !open;
          if (open) centre.ask('hangup', ref, { channel });
        }
      }
    }
    const again = centre.offers().filter(({ subject }) => subject?.startsWith('Re: '));
    expect(again.length).toBeGreaterThan(5);
    expect(eventsOf(centre).filter((event) => event === 'message').length).toBeGreaterThan(5);
  });

  it('by the centre itself is sent', () => {
    const centre = run();
    expect(centre.ask('send', 'out/9', { channel: 'email', to: { address: 'camille@example.org' }, text: 'Hello' })).toEqual({ result: 'done' });
    expect(centre.day().contacts.size).toBe(0);
  });
});

/** Whatever a hub asks, of whom it may and of whom it may not. */
const asking = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 90_000 }) }) },
    { weight: 5, arbitrary: fc.record({ verb: fc.constantFrom(...CONNECTOR_VERBS), who: fc.nat(), to: fc.constantFrom(undefined, { address: '+33199000112' }, { address: '+33199000110' }, { queueId: 'other' }, { personId: 'amira' }), again: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constantFrom({ type: 'lost' } as const, { type: 'open', places: PLACES } as const) },
  ),
  { maxLength: 60 },
);

describe('whatever the hub asks', () => {
  it('each command is answered once, nothing is said of anybody who is gone but their recording, and no name stands for two', () => {
    fc.assert(
      fc.property(asking, fc.integer(), fc.boolean(), (list, seed, flaky) => {
        const centre = run({ pace: 2, flaky }, seed);
        centre.open();
        const commands = new Set<string>();
        for (const [at, each] of list.entries()) {
          if ('pass' in each) centre.pass(each.pass);
          else if ('type' in each) centre.hear(each);
          else {
            const refs = [...centre.day().contacts.values()];
            const contact = refs[each.who % (refs.length + 1)];
            const command: ConnectorCommand = { id: `c${at}`, verb: each.verb, interactionId: contact?.id ?? `i${at}`, ref: contact?.ref ?? `out/${at}`, channel: contact?.channel ?? 'voice', agent: { id: 'p', name: 'P', email: '' }, ...(each.to ? { to: each.to } : {}) };
            commands.add(command.id);
            centre.hear({ type: 'command', command });
            if (each.again) centre.hear({ type: 'command', command });
          }
        }
        centre.pass(1000);
        centre.hear({ type: 'stop' });
        expect(centre.answers().map(({ commandId }) => commandId).sort()).toEqual([...commands].sort());
        // Again only to ask for the new name of one that was passed on.
        const offers = Map.groupBy(centre.offers(), ({ ref }) => ref);
        for (const [first, ...more] of offers.values()) expect(more).toEqual(more.map(() => first));
        const ended = new Set<string>();
        for (const { ref, event } of centre.reports()) {
          if (event.event !== 'recorded') expect(ended.has(ref)).toBe(false);
          if (event.event === 'ended' || event.event === 'failed') ended.add(ref);
        }
        expect(centre.day().contacts.size).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
