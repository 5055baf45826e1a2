/** The models of supervision, of asking and of what one is told, against a background made by hand. */
import { effect, type Signal, signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../lib/api/problem.ts';
import type { SupervisionWatch, Told } from '../../../lib/api/shapes-supervision.ts';
import { Notices } from '../../../lib/models/notices.ts';
import { Asking } from '../../../lib/models/supervision/asking.ts';
import { Telling } from '../../../lib/models/supervision/told.ts';
import { MOST_TABS, Watching } from '../../../lib/models/supervision/watching.ts';
import { createViewOf, type View } from '../../../lib/models/view.ts';
import type { Answer, Client, HubAsk } from '../../../lib/session/client-state.ts';
import { createSupervisionHub } from '../../../lib/supervision/hub.ts';
import { inbound } from '../../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../../fixtures/gallery/scenes.ts';
import { watched } from '../../fixtures/gallery/supervision.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

const refused = (code: string): Answer<never> => ({ ok: false, problem: { type: '', title: '', status: 409, code } as Problem });
const value = (of: unknown): Answer<unknown> => ({ ok: true, value: { value: of, etag: null, notModified: false } });
const turn = () => new Promise<void>((done) => setTimeout(done));

/** Keeps what is asked until the test answers it. */
function handClient() {
  const calls: { verb: string; args: unknown[]; answer: (answer: Answer<unknown>) => Promise<void> }[] = [];
  const call = ((verb: string, ...args: unknown[]) =>
    new Promise<never>((resolve) => {
      calls.push({
        verb,
        args,
        answer: async (answer) => {
          calls.shift();
          resolve(answer as never);
          await turn();
        },
      });
    })) as Client['call'];
  const path = (at: number) => (calls[at]?.args[0] as HubAsk | undefined)?.path;
  return { call, calls, path };
}

function watching() {
  const client = handClient();
  const clock = createHandClock(NOW);
  const model = new Watching({ client, clock, random: () => 0 });
  const hear = async (state: SupervisionWatch = watched) => {
    model.watch();
    await client.calls[0]!.answer(value(state));
  };
  return { client, clock, model, hear };
}

describe('watching', () => {
  it('asks while it is looked at, each time for what it does not have yet', async () => {
    const { client, clock, model, hear } = watching();
    expect(client.calls).toEqual([]);
    await hear();
    expect(model.people.value).toHaveLength(4);
    clock.pass(250);
    expect(client.path(0)).toBe('/api/supervision/watch?tag=one&wait=8');
    model.rest();
    await client.calls[0]!.answer(value({ ...watched, people: [] }));
    expect(model.people.value).toHaveLength(4);
    clock.pass(60_000);
    expect(client.calls).toEqual([]);
  });

  it('keeps what it last knew while the hub is away, comes back by itself, and later each time', async () => {
    const { client, clock, model, hear } = watching();
    await hear();
    clock.pass(250);
    await client.calls[0]!.answer(refused('client.offline'));
    expect([model.problem.value?.code, model.people.value.length]).toEqual(['client.offline', 4]);
    clock.pass(499);
    expect(client.calls).toEqual([]);
    clock.pass(1);
    await client.calls[0]!.answer(refused('client.offline'));
    clock.pass(999);
    expect(client.calls).toEqual([]);
    model.retry();
    await client.calls[0]!.answer(value(watched));
    expect(model.problem.value).toBeNull();
  });

  it('forgets everybody once the right is gone', async () => {
    const { client, clock, model, hear } = watching();
    await hear();
    clock.pass(250);
    await client.calls[0]!.answer(refused('control.refused'));
    expect([model.state.value, model.problem.value?.code]).toEqual([null, 'control.refused']);
  });

  it('opens the first queues as tabs, up to five, and others in their place', async () => {
    const { model, hear } = watching();
    await hear();
    const ids = () => model.tabs.value.map(({ id }) => id);
    expect([ids().length, model.closed.value]).toEqual([MOST_TABS, []]);
    model.openTab('queue-6');
    expect(ids()).not.toContain('queue-6');
    model.showTab('queue-1');
    model.closeTab('queue-1');
    expect([model.front.value, model.closed.value.map(({ id }) => id)]).toEqual([null, ['queue-1', 'queue-5', 'queue-6', 'renewals']]);
    model.openTab('queue-6');
    expect([ids().at(-1), model.front.value?.id]).toEqual(['queue-6', 'queue-6']);
  });

  it('shows the people of the tab in front who match what is searched for', async () => {
    const { model, hear } = watching();
    await hear({ ...watched, people: watched.people.map((person, at) => ({ ...person, queues: at === 1 ? ['motor'] : [] })) });
    model.showTab('motor');
    expect(model.people.value.map(({ id }) => id)).toEqual(['ben']);
    model.showTab(null);
    model.search.value = 'lunch ram';
    expect(model.people.value.map(({ id }) => id)).toEqual(['diego']);
  });

  it('has campaigns as tabs too, each with those who have subscribed to it', async () => {
    const { model, hear } = watching();
    await hear({ ...watched, queues: watched.queues.slice(0, 2), people: watched.people.map((person, at) => ({ ...person, campaigns: at === 2 ? ['renewals'] : [] })) });
    expect(model.tabs.value.map(({ id }) => id)).toEqual(['motor', 'queue-1', 'renewals']);
    model.showTab('renewals');
    expect([model.front.value?.name, model.people.value.map(({ id }) => id), model.away.value]).toEqual(['Spring renewals', ['diego'], []]);
  });

  it('has those who are signed out apart, of the same tab and the same search', async () => {
    const { model, hear } = watching();
    await hear();
    const ids = () => [model.people.value.length, model.away.value.map(({ id }) => id)];
    expect(ids()).toEqual([4, ['hugo', 'maya']]);
    model.showTab('queue-1');
    expect(ids()).toEqual([0, ['maya']]);
    model.showTab(null);
    model.search.value = 'inbound lind';
    expect(ids()).toEqual([0, ['hugo']]);
  });

  it('does one thing at a time for a person, and keeps what was refused beside them', async () => {
    const { client, model } = watching();
    const doing = model.toggleFlow('ben', 'voice', false, '  Coaching ');
    expect(await model.disconnect('ben', '')).toBe(false);
    expect(client.calls.map(({ args }) => args)).toEqual([['sup.toggleFlow', { personId: 'ben', channel: 'voice', on: false, why: 'Coaching' }]]);
    expect(model.doing.value.get('ben')).toEqual({ control: 'sup.toggleFlow', problem: null });
    await client.calls[0]!.answer(refused('supervision.outOfReach'));
    expect([await doing, model.doing.value.get('ben')?.problem?.code]).toEqual([false, 'supervision.outOfReach']);
    const again = model.changeProfile('ben', 'outbound', '');
    await client.calls[0]!.answer({ ok: true, value: undefined });
    expect([await again, model.doing.value.size]).toEqual([true, 0]);
  });

  it('answers what is asked for', async () => {
    const { client, model } = watching();
    const answering = model.answer('ask', 'today', ' For now');
    expect(client.calls[0]!.args[0]).toMatchObject({ method: 'POST', path: '/api/asks/ask/answer', guard: 'key', body: { grant: 'today', note: 'For now' } });
    await client.calls[0]!.answer(value(null));
    expect(await answering).toBe(true);
  });

  it('keeps an ask that was withdrawn under the answer, with the reason, until that is noted', async () => {
    const { client, clock, model, hear } = watching();
    await hear();
    const answering = model.answer('ask', null, '');
    await client.calls[0]!.answer(refused('ask.withdrawn'));
    expect([await answering, model.asks.value.waiting.length, model.asks.value.late]).toEqual([false, 1, []]);
    clock.pass(250);
    await client.calls[0]!.answer(value({ ...watched, tag: 'two', asks: [] }));
    expect([model.asks.value.waiting, model.asks.value.late.map(({ id }) => id), model.doing.value.get('ask')?.problem?.code]).toEqual([[], ['ask'], 'ask.withdrawn']);
    model.noted('ask');
    expect([model.asks.value.late, model.doing.value.size]).toEqual([[], 0]);
  });
});

describe('asking', () => {
  const askingOf = (client: Pick<Client, 'call'>, view: Signal<View>) => new Asking({ hub: createSupervisionHub(client), view, timeZone: () => 'Asia/Tokyo' });
  const viewOf = (asks: NonNullable<ReturnType<typeof snapshotOf>['situation']['asks']> = []) => createViewOf()(openState(snapshotOf(inbound, { asks })), NOW);

  it('is for what the profile alone keeps away, once until it is answered', () => {
    const view = signal(viewOf());
    const asking = askingOf(handClient(), view);
    const kinds = () => ['flow.email', 'rec.delete', 'flow.voice', 'mod.crm'].map((control) => asking.stateOf.value(control).kind);
    expect(kinds()).toEqual(['open', 'open', 'none', 'none']);
    const drawn: string[] = [];
    effect(() => void drawn.push(asking.stateOf.value('rec.delete').kind));
    view.value = viewOf([{ id: '1', control: 'rec.delete', at: NOW, answer: null }, { id: '2', control: 'flow.email', at: NOW, answer: 'declined' }]);
    expect(kinds()).toEqual(['open', 'waiting', 'none', 'none']);
    expect(drawn).toEqual(['open', 'waiting']);
    expect(asking.stateOf.value('flow.email')).toEqual({ kind: 'open', declinedAt: NOW });
  });

  it('is sent once, and what is refused stands beside it', async () => {
    const client = handClient();
    const asking = askingOf(client, signal(viewOf()));
    const sent = asking.ask('rec.delete', 'Wrong customer');
    expect([asking.stateOf.value('rec.delete').kind, await asking.ask('rec.delete', '')]).toEqual(['sending', false]);
    expect(client.calls.map(({ args }) => (args[0] as HubAsk).body)).toEqual([{ control: 'rec.delete', note: 'Wrong customer', timeZone: 'Asia/Tokyo' }]);
    await client.calls[0]!.answer(refused('ask.notAskable'));
    expect([await sent, asking.problem.value?.problem.code, asking.stateOf.value('rec.delete').kind]).toEqual([false, 'ask.notAskable', 'open']);
  });
});

describe('withdrawing', () => {
  it('is done once, says that it is on its way, and keeps what it was refused for', async () => {
    const client = handClient();
    const one = { id: '1', control: 'rec.delete', at: NOW, answer: null };
    const view = createViewOf()(openState(snapshotOf(inbound, { asks: [one] })), NOW);
    const asking = new Asking({ hub: createSupervisionHub(client), view: signal(view), timeZone: () => 'UTC' });
    expect(asking.waiting.value).toEqual([one]);
    const done = asking.withdraw(one);
    expect([asking.stateOf.value('rec.delete'), await asking.withdraw(one)]).toEqual([{ kind: 'waiting', since: NOW, id: '1', leaving: true }, false]);
    expect(client.calls.map(({ args }) => args[0])).toMatchObject([{ method: 'DELETE', path: '/api/asks/1', guard: 'key' }]);
    await client.calls[0]!.answer(refused('ask.over'));
    expect([await done, asking.problem.value?.problem.code, asking.stateOf.value('rec.delete')]).toMatchObject([false, 'ask.over', { leaving: false }]);
  });
});

describe('what one is told', () => {
  const told = (id: string, seen = false): Told => ({ id, at: NOW, kind: 'flowOff', who: 'Karin', why: '', detail: { channel: 'voice' }, seen });
  function telling(first: readonly Told[], isVisible = true) {
    const client = handClient();
    const notices = new Notices(createHandClock(NOW));
    const all = signal(first);
    const visible = signal(isVisible);
    const model = new Telling({ hub: createSupervisionHub(client), told: all, visible, notices });
    const saying = () => (notices.current.value?.kind === 'told' ? notices.current.value.told.id : null);
    const seen = () => client.calls.map(({ args }) => (args[0] as HubAsk).body);
    return { notices, all, visible, model, saying, seen };
  }

  it('is said one after the other, the oldest first, and the hub hears what was said', () => {
    const { notices, saying, seen } = telling([told('second'), told('first'), told('old', true)]);
    expect([saying(), seen()]).toEqual(['first', [{ ids: ['first'] }]]);
    notices.dismiss();
    expect(saying()).toBe('second');
    notices.dismiss();
    expect([saying(), seen().length]).toEqual([null, 2]);
  });

  it('is not said again while the hub has not heard, nor in a tab behind', () => {
    const { notices, all, visible, saying, seen } = telling([told('first')], false);
    expect([saying(), seen()]).toEqual([null, []]);
    visible.value = true;
    notices.dismiss();
    all.value = [told('first')];
    expect([saying(), seen().length]).toEqual([null, 1]);
  });

  it('says along what came with it', () => {
    const { notices, all } = telling([]);
    notices.say({ kind: 'rights', gained: [{ id: 'rec.download', label: 'control.rec.download', name: null }], lost: [], leased: [] });
    all.value = [{ ...told('grant'), kind: 'grantedToday' }];
    expect(notices.current.value).toMatchObject({ kind: 'told', gained: [{ id: 'rec.download' }], lost: [] });
  });
});
