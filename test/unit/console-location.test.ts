import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESOURCE_KINDS } from '../../lib/catalogue/index.ts';
import { hrefOf, type Location, parseLocation, PROFILE_TABS } from '../../lib/console/location.ts';

const text = fc.string({ minLength: 1 });
const maybe = fc.option(text, { nil: null });
const anyLocation: fc.Arbitrary<Location> = fc.oneof(
  fc.constantFrom<Location>({ page: 'profiles' }, { page: 'audit' }, { page: 'who-can' }),
  fc.record({ page: fc.constant('profile' as const), profileId: text, tab: fc.constantFrom(...PROFILE_TABS), subTab: maybe }),
  fc.record({ page: fc.constant('people' as const), personId: maybe }),
  fc.record({ page: fc.constant('teams' as const), teamId: maybe }),
  fc.record({ page: fc.constant('resources' as const), kind: fc.constantFrom(...RESOURCE_KINDS), resourceId: maybe }),
  fc.record({ page: fc.constant('who-can' as const), right: text }),
);

describe('an address in the Maker', () => {
  it('is read again as what was written, whatever the names in it', () => {
    fc.assert(
      fc.property(anyLocation, (location) => {
        expect(parseLocation(hrefOf(location))).toEqual(location);
      }),
    );
  });

  it('is some page, whatever somebody typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        expect(parseLocation(typed).page).toEqual(expect.any(String));
      }),
    );
  });

  it.each([
    ['', { page: 'profiles' }],
    ['#', { page: 'profiles' }],
    ['#/', { page: 'profiles' }],
    ['#/profiles/7', { page: 'profile', profileId: '7', tab: 'settings', subTab: null }],
    ['#/profiles/7/configuration/queues', { page: 'profile', profileId: '7', tab: 'configuration', subTab: 'queues' }],
    ['#/profiles/7/nonsense', { page: 'unknown' }],
    ['#/resources/queue', { page: 'resources', kind: 'queue', resourceId: null }],
    ['#/resources/nonsense', { page: 'unknown' }],
    ['#/resources', { page: 'unknown' }],
    ['#/who-can/profiles.publish', { page: 'who-can', right: 'profiles.publish' }],
    ['#/nowhere', { page: 'unknown' }],
    ['#/people/%E0%A4%A', { page: 'people', personId: '%E0%A4%A' }],
  ])('%s', (hash, location) => {
    expect(parseLocation(hash)).toEqual(location);
  });
});
