/**
 * A whole centre in memory: the machine and the distribution as the hub uses them, driven at random. Whatever people, the
 * connector and the clock do, no interaction is lost, none is at two people, and none is given to who does not take it.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { choose, type Candidate, type Waiting } from '../../../lib/distribution/choose.ts';
import { type InteractionEvent, type InteractionState, next } from '../../../lib/interaction/machine.ts';

const RING_MS = 20_000;
const PEOPLE = ['p0', 'p1', 'p2', 'p3'] as const;
const QUEUES = ['q0', 'q1', 'q2'] as const;
type PersonId = (typeof PEOPLE)[number];

interface Held {
  readonly id: string;
  readonly queue: string;
  readonly offeredAt: number;
  state: InteractionState;
  person: PersonId | null;
  until: number;
  readonly asked: Map<string, number>;
}
interface Person {
  online: boolean;
  readonly takes: ReadonlySet<string>;
  idleSince: number;
}
interface Centre {
  now: number;
  readonly people: Map<PersonId, Person>;
  readonly all: Held[];
}

const step = (held: Held, event: InteractionEvent): boolean => {
  const state = next(held.state, event);
  if (state === null) return false;
  held.state = state;
  if (state === 'offered') held.person = null;
  return true;
};

const isBusy = ({ all }: Centre, person: PersonId) => all.some((each) => each.person === person && each.state !== 'closed');

/** What a round of the hub does: what is due, then offers. */
function round(centre: Centre): void {
  for (const held of centre.all) {
    if (held.state === 'ringing' && (held.until <= centre.now || !centre.people.get(held.person!)!.online)) step(held, 'miss');
    if (held.state === 'wrapup' && held.until <= centre.now) step(held, 'finish');
  }
  const waiting: Waiting[] = centre.all
    .filter(({ state }) => state === 'offered')
    .map((held) => ({ id: held.id, channel: 'voice', queueId: held.queue, forPerson: null, priority: 0, offeredAt: held.offeredAt, asked: held.asked }));
  const candidates: Candidate[] = PEOPLE.filter((id) => centre.people.get(id)!.online && !isBusy(centre, id)).map((id) => {
    const person = centre.people.get(id)!;
    return { sessionId: id, personId: id, idleSince: person.idleSince, scoreFor: ({ queueId }) => (person.takes.has(queueId!) ? 50 : null) };
  });
  for (const { interactionId, sessionId } of choose(waiting, candidates, centre.now)) {
    const held = centre.all.find(({ id }) => id === interactionId)!;
    const person = sessionId as PersonId;
    // Not given to who does not take it, and not to two.
    expect(held.person).toBeNull();
    expect(centre.people.get(person)!.takes.has(held.queue)).toBe(true);
    expect(isBusy(centre, person)).toBe(false);
    step(held, 'ring');
    held.person = person;
    held.until = centre.now + RING_MS;
    held.asked.set(person, centre.now);
  }
}

type Act = (centre: Centre) => void;
const forHeld = (event: InteractionEvent, then: (held: Held, centre: Centre) => void = () => {}) =>
  fc.nat({ max: 30 }).map((at): Act => (centre) => {
    const held = centre.all[at];
    if (held && step(held, event)) then(held, centre);
  });

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...QUEUES).map((queue): Act => (centre) => void centre.all.push({ id: `i${centre.all.length}`, queue, offeredAt: centre.now, state: 'offered', person: null, until: 0, asked: new Map() })) },
  { weight: 4, arbitrary: forHeld('accept') },
  { weight: 4, arbitrary: forHeld('connect') },
  { weight: 1, arbitrary: forHeld('refuse') },
  { weight: 1, arbitrary: forHeld('giveBack') },
  { weight: 1, arbitrary: forHeld('abandon', (held) => (held.person = null)) },
  { weight: 2, arbitrary: forHeld('hold') },
  { weight: 1, arbitrary: forHeld('consult') },
  { weight: 1, arbitrary: forHeld('back') },
  { weight: 3, arbitrary: forHeld('end', (held, centre) => (held.until = centre.now + 5000)) },
  { weight: 1, arbitrary: fc.constantFrom(...PEOPLE).map((id): Act => ({ people }) => void (people.get(id)!.online = !people.get(id)!.online)) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 40_000 }).map((ms): Act => (centre) => void (centre.now += ms)) },
);

it('no interaction is lost, at two people, or given to who does not take it, whatever happens', () => {
  let rang = 0;
  fc.assert(
    fc.property(fc.tuple(...PEOPLE.map(() => fc.subarray([...QUEUES]))), fc.array(acts, { maxLength: 80 }), (takes, all) => {
      const people = new Map<PersonId, Person>(PEOPLE.map((id, at) => [id, { online: true, takes: new Set<string>(takes[at]), idleSince: at }]));
      const centre: Centre = { now: 0, people, all: [] };
      for (const act of all) {
        const before = centre.all.length;
        act(centre);
        round(centre);
        expect(centre.all.length).toBeGreaterThanOrEqual(before);
        rang += centre.all.filter(({ state }) => state === 'ringing').length;
        for (const held of centre.all) {
          // In somebody's hands exactly where its state says so.
          const inHand = held.state !== 'offered' && held.state !== 'closed';
          expect(held.person !== null || !inHand).toBe(true);
        }
        for (const person of PEOPLE) expect(centre.all.filter((each) => each.person === person && each.state !== 'closed').length).toBeLessThanOrEqual(1);
      }
      // Everybody comes back, talks and finishes: then everything that somebody takes comes to its end.
      for (const person of people.values()) person.online = true;
      for (let turn = 0; turn < 200; turn += 1) {
        centre.now += 31_000;
        round(centre);
        for (const held of centre.all) for (const event of ['accept', 'connect', 'end'] as const) if (step(held, event) && event === 'end') held.until = centre.now;
      }
      for (const held of centre.all) {
        const somebody = [...people.values()].some((person) => person.takes.has(held.queue));
        expect(held.state === 'closed' || (!somebody && held.state === 'offered')).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
  expect(rang).toBeGreaterThan(1000);
});
