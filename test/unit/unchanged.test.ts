/** What is known to be unchanged: never more than the change log allows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Head } from '../../server/session/heads.ts';
import { createUnchanged, type Unchanged } from '../../server/session/unchanged.ts';

const MINUTE_MS = 60_000;
const headOf = (at: number, seq = 1): Head => ({
  sessionId: `session-${at}`, accountId: 'account', personId: `person-${at}`, closedBecause: null, profileId: `profile-${at % 2}`,
  active: null, seqs: { profile: seq, person: seq, situation: seq },
});
const asked = (at: number, token = 'token') => ({ token: `${token}-${at}`, ownSession: `session-${at}` });

function make(most?: number) {
  let now = 1000;
  let listening = true;
  const unchanged = createUnchanged(() => now, most);
  unchanged.follow(() => listening);
  return { unchanged, pass: (ms: number) => void (now += ms), deafen: () => void (listening = false) };
}
const learn = (unchanged: Unchanged, at: number, expiresAt = Infinity) => unchanged.ask()(asked(at), headOf(at), expiresAt);

describe('what was found', () => {
  it('is there for the same request alone', () => {
    const { unchanged } = make();
    learn(unchanged, 1);
    expect(unchanged.headFor(asked(1))).toEqual(headOf(1));
    for (const other of [asked(2), asked(1, 'other'), { ...asked(1), ownSession: null }, { ...asked(1), ownSession: 'session-2' }]) {
      expect(unchanged.headFor(other)).toBeNull();
    }
  });

  it.each(['session', 'person', 'profile'] as const)('is forgotten once something of its %s changes, and of no other', (kind) => {
    const { unchanged } = make();
    learn(unchanged, 1);
    learn(unchanged, 2);
    unchanged.forget([{ kind, subjectId: `${kind}-1` }]);
    expect(unchanged.headFor(asked(1))).toBeNull();
    expect(unchanged.headFor(asked(2))).not.toBeNull();
  });

  it('is forgotten with the token, and after a minute', () => {
    const { unchanged, pass } = make();
    learn(unchanged, 1, 1000 + 10_000);
    learn(unchanged, 2);
    pass(10_000);
    expect(unchanged.headFor(asked(1))).toBeNull();
    pass(MINUTE_MS - 10_001);
    expect(unchanged.headFor(asked(2))).not.toBeNull();
    pass(1);
    expect(unchanged.headFor(asked(2))).toBeNull();
  });

  it('is not kept of a session that is closed', () => {
    const { unchanged } = make();
    unchanged.ask()(asked(1), { ...headOf(1), closedBecause: 'idle' }, Infinity);
    expect(unchanged.headFor(asked(1))).toBeNull();
  });

  it('is not kept where something changed while it was asked for', () => {
    const { unchanged } = make();
    const keep = unchanged.ask();
    unchanged.forget([{ kind: 'session', subjectId: 'session-1' }]);
    keep(asked(1), headOf(1), Infinity);
    expect(unchanged.headFor(asked(1))).toBeNull();
  });

  it('counts for nothing while changes are not heard, and before', () => {
    const { unchanged, deafen } = make();
    learn(unchanged, 1);
    deafen();
    expect(unchanged.headFor(asked(1))).toBeNull();
    const deaf = createUnchanged(() => 0);
    learn(deaf, 1);
    expect(deaf.headFor(asked(1))).toBeNull();
  });

  it('is that of the last ones, where too many ask', () => {
    const { unchanged } = make(3);
    for (let at = 0; at < 5; at++) learn(unchanged, at);
    expect([0, 1, 2, 3, 4].map((at) => unchanged.headFor(asked(at)) !== null)).toEqual([false, false, true, true, true]);
  });
});

it('is never older than what was heard of, whatever comes in between', () => {
  const person = fc.integer({ min: 0, max: 3 });
  const step = fc.oneof(
    fc.record({ what: fc.constant('change' as const), at: person }),
    fc.record({ what: fc.constant('hear' as const), at: person }),
    fc.record({ what: fc.constant('ask' as const), at: person }),
    fc.record({ what: fc.constant('answer' as const), at: person }),
    fc.record({ what: fc.constant('own' as const), at: person }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { unchanged } = make(3);
      const truth = [1, 1, 1, 1];
      const heard = [1, 1, 1, 1];
      const asking = new Map<number, { keep: ReturnType<Unchanged['ask']>; head: Head }>();
      for (const { what, at } of steps) {
        if (what === 'change') truth[at]! += 1;
        if (what === 'hear') {
          heard[at] = truth[at]!;
          unchanged.forget([{ kind: 'session', subjectId: `session-${at}` }]);
        }
        if (what === 'own') {
          heard[at] = truth[at]!;
          unchanged.forgetPerson(`person-${at}`);
        }
        if (what === 'ask') asking.set(at, { keep: unchanged.ask(), head: headOf(at, truth[at]) });
        if (what === 'answer') {
          const found = asking.get(at);
          found?.keep(asked(at), found.head, Infinity);
          asking.delete(at);
        }
        for (const each of [0, 1, 2, 3]) {
          const head = unchanged.headFor(asked(each));
          if (head) expect(head.seqs.situation).toBeGreaterThanOrEqual(heard[each]!);
        }
      }
    }),
  );
});
