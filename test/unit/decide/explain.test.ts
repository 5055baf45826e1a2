import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, explain, type Reason, rightsOf, settingPath } from '../../../lib/decide/index.ts';
import { personArbitrary, profileArbitrary, situationArbitrary } from '../../fixtures/arbitraries.ts';
import { text } from '../../fixtures/english.ts';

const why = (reason: Partial<Reason>, profile: string | null = 'Inbound advisor') =>
  explain({ code: 'profile.right', layer: 'profile', setting: null, askable: false, ...reason }, profile, text);

describe('a reason', () => {
  test.each<[string, Partial<Reason>]>([
    ['“Transfers → External” is off in Inbound advisor', { code: 'profile.right', setting: 'transfers.external' }],
    ['“Flow → Voice → May switch it” is off in Inbound advisor', { code: 'profile.locked', setting: 'flow.voice.canToggle' }],
    ['Every setting under “Transfers” that allows this is off in Inbound advisor', { code: 'profile.rights', setting: 'transfers.assistedQueue' }],
    ['“Directory” is switched off in Inbound advisor', { code: 'profile.tabOff', setting: 'directory' }],
    ['No SMS campaign is in this profile', { code: 'resource.none', setting: 'smsCampaigns' }],
    ['You manage no voice campaign of this profile', { code: 'resource.noneSuch', setting: 'voiceCampaigns' }],
    ['An administrator has withdrawn “Recording → Delete” from you', { code: 'person.denied', setting: 'recording.delete' }],
    ['Needs the smart licence', { code: 'licence.smart' }],
    ['Only managers have this', { code: 'person.manager' }],
  ])('reads %s', (sentence, reason) => {
    expect(why(reason)).toBe(sentence);
  });

  test('speaks of “your profile” where it has no name', () => {
    expect(why({ setting: 'history.access' }, null)).toBe('“Interaction history → Access” is off in your profile');
  });

  test('has a sentence whatever was decided', () => {
    fc.assert(
      fc.property(profileArbitrary, personArbitrary, situationArbitrary, (profile, person, situation) => {
        for (const { reason } of decide(rightsOf(profile, person), situation)) {
          if (reason) expect(explain(reason, 'P', text)).toMatch(/^[^$]{8,}$/);
        }
      }),
    );
  });
});

test('a setting that is not of this catalogue is named as it is', () => {
  expect(settingPath('later.access', text)).toBe('later.access');
});
