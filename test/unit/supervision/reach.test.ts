import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controls, PERSON_TYPES } from '../../../lib/catalogue/index.ts';
import { AT_REST, decideControl, rightsOf } from '../../../lib/decide/index.ts';
import { situationOf } from '../../../lib/decide/reported.ts';
import { fieldsAsked } from '../../../lib/supervision/asking.ts';
import { isInReach, supervisedQueues, workedQueues } from '../../../lib/supervision/reach.ts';
import { everything, inbound } from '../../fixtures/gallery/profiles.ts';
import { activeProfileArbitrary, personArbitrary } from '../../fixtures/arbitraries.ts';

const ids = fc.subarray(['a', 'b', 'c', 'd']);
const supervisor = fc.record({ personId: fc.constantFrom('1', '2'), type: fc.constantFrom(...PERSON_TYPES), supervises: ids, campaigns: ids, manages: ids });
const supervised = fc.record({ personId: fc.constantFrom('1', '2', '3'), queues: ids, campaigns: ids, teams: ids });

describe('reach', () => {
  it('is exactly another person, a queue or a campaign in common and, for a manager, a team', () => {
    fc.assert(
      fc.property(supervisor, supervised, (by, person) => {
        const common = (some: readonly string[], others: readonly string[]) => new Set([...some, ...others]).size < some.length + others.length;
        const expected = by.personId !== person.personId && (common(by.supervises, person.queues) || common(by.campaigns, person.campaigns)) && { agent: false, manager: common(by.manages, person.teams), administrator: true }[by.type];
        expect(isInReach(by, person)).toBe(expected);
      }),
    );
  });

  it('only grows with queues, campaigns and teams, on either side', () => {
    fc.assert(
      fc.property(supervisor, supervised, ids, ids, ids, (by, person, queues, campaigns, teams) => {
        if (!isInReach(by, person)) return;
        expect(
          isInReach(
            { ...by, supervises: [...by.supervises, ...queues], campaigns: [...by.campaigns, ...campaigns], manages: [...by.manages, ...teams] },
            { ...person, queues: [...person.queues, ...queues], campaigns: [...person.campaigns, ...campaigns], teams: [...person.teams, ...teams] },
          ),
        ).toBe(true);
      }),
    );
  });

  it('reads queues that exist: those that are supervised, and those with a channel', () => {
    expect([supervisedQueues(everything), supervisedQueues('none'), [...workedQueues(inbound).keys()]]).toEqual([['motor'], [], ['motor']]);
    const gone = { ...everything, resources: {} };
    expect([supervisedQueues(gone), workedQueues(gone).size]).toEqual([[], 0]);
  });
});

describe('what is asked for', () => {
  it('brings the control, whenever there is anything to ask for, and is nothing that is there or denied', () => {
    const control = fc.constantFrom(...controls.map(({ id }) => id).filter((id) => !id.endsWith('.custom')));
    fc.assert(
      fc.property(activeProfileArbitrary, personArbitrary, control, (profile, person, id) => {
        const situation = situationOf(AT_REST, profile, { now: 0, connection: 'live', pending: [] });
        const fields = fieldsAsked(id, profile, person, situation);
        const before = decideControl(id, rightsOf(profile, person), situation);
        if (!fields) return;
        expect(before.reason?.askable).toBe(true);
        expect(fields.length).toBeGreaterThan(0);
        expect(fields.filter((field) => person.deny.includes(field))).toEqual([]);
        const after = decideControl(id, rightsOf(profile, { ...person, allow: [...person.allow, ...fields] }), situation);
        expect([after.shown, after.reason?.layer === 'profile']).toEqual([true, false]);
      }),
      { numRuns: 400 },
    );
  });

  it('takes along what the right depends on', () => {
    const person = { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: [] } as const;
    const profile = { ...inbound, document: { ...inbound.document, settings: {} } };
    const situation = situationOf(AT_REST, profile, { now: 0, connection: 'live', pending: [] });
    expect(fieldsAsked('rec.download', profile, person, situation)).toEqual(['recording.access', 'recording.download']);
    expect(fieldsAsked('rec.download', profile, { ...person, deny: ['recording.access'] }, situation)).toBeNull();
    expect(fieldsAsked('mod.crm', profile, person, situation)).toBeNull();
  });
});
