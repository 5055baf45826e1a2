import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYE_CODES, HEARTBEAT_MS, type HubMessage, STALL_MS } from '../../lib/api/live.ts';
import {
  CONNECT_TIMEOUT_MS,
  FIRST_WAIT_MS,
  type LinkEffect,
  type LinkEvent,
  LONGEST_TOLD_WAIT_MS,
  LONGEST_WAIT_MS,
  PROBE_MS,
  PROBE_SOON_MS,
  SOCKET_FAILURES,
  STABLE_MS,
  step,
  STOPPED,
  wakeAt,
} from '../../lib/live/link-core.ts';
import { aSnapshot } from '../fakes/state.ts';

const welcome: HubMessage = { type: 'welcome', sessionId: 's1', now: 5 };
const message = (of: HubMessage): LinkEvent => ({ type: 'message', message: of });

const fresh = (effects: LinkEffect[]) => effects.flatMap((effect) => (effect.do === 'apply' ? [effect.fresh] : []));

/** A link under way, with its own time, noting what it was told to do. */
function aLink(random = 1) {
  let state = STOPPED;
  let now = 1000;
  const did: LinkEffect[] = [];
  const happen = (event: LinkEvent): LinkEffect[] => {
    const [next, effects] = step(state, event, { now, random });
    state = next;
    did.push(...effects);
    return [...effects];
  };
  return {
    happen,
    pass(milliseconds: number) {
      now += milliseconds;
      return happen({ type: 'tick' });
    },
    toWake() {
      const at = wakeAt(state)!;
      const waited = at - now;
      now = at;
      happen({ type: 'tick' });
      return waited;
    },
    now: () => now,
    phase: () => state.phase,
    last: () => did.at(-1),
    transports: () => did.flatMap((effect) => (effect.do === 'connect' ? [effect.transport] : [])),
  };
}

function openLink(random = 1) {
  const link = aLink(random);
  link.happen({ type: 'start' });
  link.happen(message(welcome));
  return link;
}

describe('the link', () => {
  // LaunchDarkly java-server-sdk #74: everyone reconnects at once.
  it('waits as long again as the trouble has lasted, half a second to thirty, and draws from the whole range', () => {
    const link = aLink();
    link.happen({ type: 'start' });
    const waits = Array.from({ length: 9 }, () => {
      link.happen({ type: 'closed' });
      return link.toWake();
    });
    expect(waits).toEqual([500, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    const soon = aLink(0);
    soon.happen({ type: 'start' });
    soon.happen({ type: 'closed' });
    expect(soon.toWake()).toBe(0);
  });

  it('is away no longer after a trouble than the trouble lasted, however it drew', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST_WAIT_MS, max: LONGEST_WAIT_MS }), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (lasts, draws) => {
        let [state, now] = [STOPPED, 0];
        const happen = (event: LinkEvent) => void ([state] = step(state, event, { now, random: draws.next().value! }));
        happen({ type: 'start' });
        // Tries that fail at once, until the trouble is over: the wait that it ends in is the last.
        for (let tries = 0; now < lasts && tries < 1000; tries++) {
          happen({ type: 'closed' });
          now = Math.max(now, wakeAt(state)!);
          happen({ type: 'tick' });
        }
        expect(now).toBeLessThanOrEqual(2 * lasts);
      }),
    );
  });

  it('begins its waits anew only after a link that lasted', () => {
    const link = openLink();
    for (const wait of [500, 500, 1000]) {
      link.happen({ type: 'closed' });
      expect(link.toWake()).toBe(wait);
      link.happen(message(welcome));
    }
    link.pass(STABLE_MS);
    link.happen({ type: 'closed' });
    expect(link.toWake()).toBe(FIRST_WAIT_MS);
  });

  it('begins them anew after a link that lasted until the hub said goodbye', () => {
    const link = aLink();
    link.happen({ type: 'start' });
    for (let failure = 0; failure < 6; failure += 1) {
      link.happen({ type: 'closed' });
      link.toWake();
    }
    link.happen(message(welcome));
    link.pass(STABLE_MS);
    link.happen(message({ type: 'bye', code: 'stopping', retryAfterMs: 100 }));
    link.toWake();
    link.happen({ type: 'closed' });
    expect(link.toWake()).toBe(FIRST_WAIT_MS);
  });

  it('beats every 20 s and takes 45 s of silence for a stall', () => {
    const link = openLink();
    expect(link.toWake()).toBe(HEARTBEAT_MS);
    expect(link.last()).toEqual({ do: 'beat' });
    expect(link.toWake()).toBe(HEARTBEAT_MS);
    expect(link.toWake()).toBe(STALL_MS - 2 * HEARTBEAT_MS);
    expect(link.phase().at).toBe('waiting');
    expect(link.last()).toEqual({ do: 'lost' });
  });

  it('stays while the hub gives signs of life, even ones it does not know', () => {
    const link = openLink();
    link.pass(STALL_MS - 1);
    link.happen({ type: 'noise' });
    link.pass(STALL_MS - 1);
    link.happen(message({ type: 'beat', now: 9 }));
    link.pass(STALL_MS - 1);
    expect(link.phase().at).toBe('open');
  });

  it('gives up a connection that is not welcomed in time', () => {
    const link = aLink();
    link.happen({ type: 'start' });
    expect(link.toWake()).toBe(CONNECT_TIMEOUT_MS);
    expect(link.last()).toEqual({ do: 'close' });
  });

  it.each(['signedOut', 'takenOver', 'disconnected', 'refused'] as const)('does not come back by itself after %s', (code) => {
    const link = openLink();
    link.happen(message({ type: 'bye', code }));
    expect(link.last()).toEqual({ do: 'ended', code });
    expect(link.pass(10 * PROBE_MS)).toEqual([]);
    expect(link.happen({ type: 'hurry' })).toEqual([]);
  });

  it('comes back when a stopping hub said, no alarm hurrying it', () => {
    const link = openLink();
    link.happen(message({ type: 'bye', code: 'stopping', retryAfterMs: 7000 }));
    expect(link.happen({ type: 'hurry' })).toEqual([]);
    expect(link.toWake()).toBe(7000);
    expect(link.last()).toEqual({ do: 'connect', transport: 'socket' });
  });

  it('does not stay away for a day because of one wrong number', () => {
    const link = openLink();
    link.happen(message({ type: 'bye', code: 'stopping', retryAfterMs: 1e12 }));
    expect(link.toWake()).toBe(LONGEST_TOLD_WAIT_MS);
  });

  it('comes back at once with a new token, but slower each time it too is refused', () => {
    const link = openLink();
    const expired = message({ type: 'bye', code: 'tokenExpired' });
    expect(link.happen(expired)).toContainEqual({ do: 'renewToken' });
    expect(link.phase().at).toBe('connecting');
    for (const wait of [500, 500, 1000, 2000]) {
      link.happen(expired);
      expect(link.toWake()).toBe(wait);
    }
  });

  it('turns to the event stream when WebSockets do not open, and tries them again later', () => {
    const link = aLink();
    link.happen({ type: 'start' });
    for (let failure = 0; failure < SOCKET_FAILURES; failure += 1) {
      link.happen({ type: 'closed' });
      link.toWake();
    }
    expect(link.transports()).toEqual(['socket', 'socket', 'socket', 'events']);
    link.happen(message(welcome));
    for (let passed = 0; passed < PROBE_MS - STALL_MS; passed += HEARTBEAT_MS) {
      link.pass(HEARTBEAT_MS);
      link.happen(message({ type: 'beat', now: 9 }));
    }
    link.happen({ type: 'closed' });
    link.toWake();
    expect(link.transports().at(-1)).toBe('events');
    link.happen(message(welcome));
    for (let passed = 0; passed < PROBE_MS; passed += HEARTBEAT_MS) {
      link.happen(message({ type: 'beat', now: 9 }));
      link.pass(HEARTBEAT_MS);
    }
    expect(link.transports().at(-1)).toBe('socket');
    link.happen({ type: 'closed' });
    link.toWake();
    expect(link.transports().at(-1)).toBe('events');
  });

  it('tries WebSockets again soon where one had served before, and only once', () => {
    const link = openLink();
    const toEvents = () => {
      for (let failure = 0; link.transports().at(-1) !== 'events'; failure += 1) {
        link.happen({ type: 'closed' });
        link.toWake();
      }
      link.happen(message(welcome));
    };
    const serves = (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds && link.transports().at(-1) === 'events'; passed += HEARTBEAT_MS) {
        link.happen(message({ type: 'beat', now: 9 }));
        link.pass(HEARTBEAT_MS);
      }
      return link.transports().at(-1);
    };
    toEvents();
    expect(serves(PROBE_SOON_MS)).toBe('socket');
    toEvents();
    expect(serves(PROBE_SOON_MS)).toBe('events');
    expect(serves(PROBE_MS)).toBe('socket');
  });

  it('lets both ways take turns when neither opens', () => {
    const link = aLink();
    link.happen({ type: 'start' });
    for (let failure = 0; failure < 6; failure += 1) {
      link.happen({ type: 'closed' });
      link.toWake();
    }
    expect(link.transports()).toEqual(['socket', 'socket', 'socket', 'events', 'socket', 'events', 'socket']);
  });

  it('takes only the first snapshot after a welcome for a fresh start', () => {
    const link = openLink();
    const snapshot = message({ type: 'snapshot', ...aSnapshot() });
    expect([...fresh(link.happen(snapshot)), ...fresh(link.happen(snapshot))]).toEqual([true, false]);
  });

  it('passes on which rows have changed, as a sign of life like any other', () => {
    const link = openLink();
    link.pass(STALL_MS - 1);
    expect(link.happen(message({ type: 'changed', now: 7, module: 'mod.cases' }))).toEqual([{ do: 'heard', now: 7 }, { do: 'changed', module: 'mod.cases' }]);
    link.pass(STALL_MS - 1);
    expect(link.phase().at).toBe('open');
  });

  it('takes nothing said before the welcome', () => {
    const link = aLink();
    link.happen({ type: 'start' });
    expect(link.happen(message({ type: 'snapshot', ...aSnapshot() }))).toEqual([]);
  });

  const events = fc.oneof(
    fc.constantFrom<LinkEvent>({ type: 'start' }, { type: 'hurry' }, { type: 'closed' }, { type: 'noise' }, { type: 'noToken' }),
    fc.constantFrom<HubMessage>(welcome, { type: 'beat', now: 9 }, { type: 'snapshot', ...aSnapshot() }).map(message),
    fc
      .record({ code: fc.constantFrom(...BYE_CODES), retryAfterMs: fc.option(fc.integer({ max: 1e9 }), { nil: undefined }) })
      .map(({ code, retryAfterMs }) => message({ type: 'bye', code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })),
    fc.integer({ min: 0, max: 60_000 }),
  );

  const isToldToStay = (event: LinkEvent) => event.type === 'message' && event.message.type === 'bye' && event.message.code !== 'stopping' && event.message.code !== 'tokenExpired';

  // Several SDKs never reconnect; LaunchDarkly js-core #633: streams multiply.
  it('never has two streams, and never waits for nothing unless it was told to stay away', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 80 }), fc.double({ min: 0, max: 1, noNaN: true }), (happenings, random) => {
        const link = aLink(random);
        let streams = 0;
        let toldToStay = false;
        link.happen({ type: 'start' });
        streams = 1;
        for (const happening of happenings) {
          if (typeof happening === 'object' && happening.type === 'closed') streams = 0;
          toldToStay = (toldToStay && link.phase().at === 'ended') || (typeof happening === 'object' && isToldToStay(happening));
          const effects = typeof happening === 'number' ? link.pass(happening) : link.happen(happening);
          for (const effect of effects) {
            if (effect.do === 'close') streams = 0;
            if (effect.do === 'connect') streams += 1;
            expect(streams).toBeLessThanOrEqual(1);
          }
          // A connection without a token has no stream yet.
          if (typeof happening === 'object' && happening.type === 'noToken' && link.phase().at === 'waiting') streams = 0;
          const phase = link.phase();
          if (phase.at === 'waiting') {
            expect(phase.until - link.now()).toBeLessThanOrEqual(phase.told ? LONGEST_TOLD_WAIT_MS : LONGEST_WAIT_MS);
          } else {
            // What ended for another cause would never come back.
            expect(phase.at === 'ended' ? toldToStay : ['connecting', 'open'].includes(phase.at), phase.at).toBe(true);
          }
        }
      }),
    );
  });
});
