import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import { diff } from '../../../lib/profile/diff.ts';
import { diffInWords, linesOf, type Words } from '../../../lib/profile/words.ts';
import { documentArbitrary } from '../../fixtures/arbitraries.ts';
import { text } from '../../fixtures/english.ts';

const names: Readonly<Record<string, string>> = { motor: 'Motor claims', home: 'Home claims', break: 'Break', lunch: 'Lunch', ada: 'Ada', inbound: 'Inbound advisor' };
const words: Words = {
  text,
  nameOf: (id) => names[id] ?? null,
  country: (code) => new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code,
  number: String,
  list: (all) => all.join(', '),
};
const of = (settings: object, configuration: object = {}): ProfileDocument => ({ schema: 1, settings, configuration });
const groupsOf = (before: ProfileDocument, after: ProfileDocument) => diffInWords(diff(before, after), words);
/** `+ name`, `- name`, `name: was > is`, one a line. */
const read = (before: ProfileDocument, after: ProfileDocument) =>
  groupsOf(before, after).flatMap(({ title, lines }) =>
    lines.map(({ effect, name, was, is }) => `${title} ${{ granted: '+', taken: '-', changed: '=' }[effect]} ${name}${was === null && is === null ? '' : `: ${was} > ${is}`}`),
  );
const settings = (before: object, after: object) => read(of(before), of(after));
const tab = (before: object, after: object) => read(of({}, before), of({}, after));

describe('a difference in words', () => {
  test('says a right that comes as granted and one that goes as taken away', () => {
    expect(settings({ 'recording.delete': true }, { 'history.access': true })).toEqual(['Recording - Delete', 'Interaction history + Access']);
  });

  test('names the channel of a field that stands in columns', () => {
    expect(settings({}, { 'flow.voice.out.direct': true })).toEqual(['Flow + Voice → Outgoing, direct']);
  });

  test.each([
    ['a number with its unit', { 'interactions.timeoutInboundSec': 20 }, 'Interactions = Pause after an incoming interaction: 0 s > 20 s'],
    ['a number that may be none', { 'interactions.maxMissed': 3 }, 'Interactions = Missed interactions at most: none > 3'],
    ['a share', { 'flow.email.process.supervisionRate': 25 }, 'Flow = Email → Recorded automatically: 0 % > 25 %'],
    ['a text', { 'general.alias': 'Desk' }, 'General = Alias for statistics: none > “Desk”'],
    ['a choice', { 'cases.scope': 'team' }, 'Cases = Whose: My own > My team’s'],
    ['a row that is pointed to', { 'interactions.missedActivityId': 'break' }, 'Interactions = Then the activity becomes: none > Break'],
    ['a row that is gone', { 'interactions.missedActivityId': 'gone' }, 'Interactions = Then the activity becomes: none > a removed one (gone)'],
    ['a setting of a later catalogue', { 'later.thing': { a: 1 } }, 'Not known to this version = later.thing: none > {"a":1}'],
  ])('says %s as it was and as it is', (_, after, line) => {
    expect(settings({}, after)).toEqual([line]);
  });

  test('says of countries which came and which went', () => {
    expect(settings({ 'flow.voice.out.countries': ['FR', 'BE'] }, { 'flow.voice.out.countries': ['BE', 'CH', 'LU'] })).toEqual([
      'Flow + Voice → Countries: Switzerland, Luxembourg',
      'Flow - Voice → Countries: France',
    ]);
    expect(settings({ 'flow.voice.out.countries': ['FR'] }, { 'flow.voice.out.countries': 'all' })).toEqual(['Flow + Voice → Countries: France > All countries']);
    expect(settings({ 'flow.voice.out.countries': 'all' }, {})).toEqual(['Flow - Voice → Countries: All countries > none']);
  });

  test('says of rows which came, went and are another, by the names of what they point to', () => {
    const before = { queues: { rows: [{ id: 'motor', voice: true, scoreVoice: 80 }, { id: 'gone' }] } };
    const after = { queues: { rows: [{ id: 'motor', email: true, scoreVoice: 60, personScores: { ada: 90 } }, { id: 'home' }] } };
    expect(tab(before, after)).toEqual([
      'Queues + Home claims',
      'Queues - a removed one (gone)',
      'Queues - Motor claims → Voice',
      'Queues + Motor claims → Email',
      'Queues = Motor claims → Voice score: 80 > 60',
      'Queues = Motor claims → Score by person → Ada: none > 90',
    ]);
  });

  test('says of a tab that it is switched on, in another order, and what is chosen at login', () => {
    expect(tab({ directory: { rows: [], enabled: false } }, { directory: { rows: [], enabled: true } })).toEqual(['Directory + Switched on']);
    expect(tab({ directory: { rows: [], enabled: true } }, {})).toEqual(['Directory - Switched off']);
    const before = { activities: { rows: [{ id: 'break' }, { id: 'lunch' }], default: null } };
    const after = { activities: { rows: [{ id: 'lunch' }, { id: 'break' }], default: 'lunch' } };
    expect(tab(before, after)).toEqual(['Activities = At login: none > Lunch', 'Activities = Another order']);
  });

  test('says of the rights of the Maker what is granted, taken and left to the type', () => {
    const before = { 'console.type': 'read', 'console.queues.delete': 'allow', 'console.people.menu': 'show' };
    const after = { 'console.type': 'readEdit', 'console.queues.delete': 'deny', 'console.profiles.publish': 'allow', 'console.profiles.elements': ['inbound'] };
    expect(settings(before, after)).toEqual([
      expect.stringMatching(/^Maker rights \+ Permission type: Read > Read and edit$/),
      'Maker rights = People → In the menu: Show > Inherit',
      'Maker rights + Profiles → Publish: Inherit > Allow',
      'Maker rights + Profiles → Elements: Inbound advisor',
      'Maker rights - Queues → Delete: Allow > Deny',
    ]);
  });

  test('has a line for every change, each with an id of its own and a setting to go to', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (before, after) => {
        const groups = groupsOf(before, after);
        const lines = groups.flatMap((group) => group.lines);
        const { settings: changed, tabs, unknownTabs } = diff(before, after);
        const said = new Set(lines.map(({ setting }) => setting));
        expect([...changed.map(({ id }) => id), ...tabs.map((each) => each.tab), ...unknownTabs.map(({ id }) => id)].filter((id) => !said.has(id))).toEqual([]);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
        expect(linesOf(groups, 'granted').length + linesOf(groups, 'taken').length + linesOf(groups, 'changed').length).toBe(lines.length);
      }),
    );
  });

  test('turns round with the documents: what was granted is then taken away', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (a, b) => {
        const count = (from: ProfileDocument, to: ProfileDocument, effect: 'granted' | 'taken') => linesOf(diffInWords({ ...diff(from, to), settings: diff(from, to).settings.filter(({ id }) => !id.startsWith('console.')) }, words), effect).length;
        expect(count(a, b, 'granted')).toBe(count(b, a, 'taken'));
      }),
    );
  });
});
