import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldById, type ProfileDocument, type Resources, rowsOf, tabById, type TabId } from '../../../lib/catalogue/index.ts';
import { consoleFieldById } from '../../../lib/catalogue/console.ts';
import { checkDocument } from '../../../lib/profile/check.ts';
import { lint, lintButtons, stopsPublish } from '../../../lib/profile/lint.ts';
import messages from '../../../locales/en.json' with { type: 'json' };
import { documentArbitrary, resourcesArbitrary } from '../../fixtures/arbitraries.ts';

const of = (settings: object, configuration: object = {}): ProfileDocument => ({
  schema: 1,
  settings: { 'general.name': 'Advisor', 'users.colleagues': true, ...settings },
  configuration,
});
const rows = (tab: string, ...all: object[]) => ({ [tab]: { rows: all } });
const there = (kind: string, id: string, attributes: object = {}): Resources => ({ [id]: { id, kind, name: id, attributes } as Resources[string] });
const found = (document: ProfileDocument, resources: Resources = {}, more: object = {}) =>
  lint(document, { resources, ...more }).map(({ code, severity, at, names = [] }) => [severity, code, ...Object.values(at), ...names].join(' '));

const ACTIVITIES = { ...there('activity', 'calls', { voice: true, email: true }), ...there('activity', 'pause') };
const LIST = { activities: { rows: [{ id: 'calls' }, { id: 'pause' }], default: 'calls' } };

test('a button that nothing could carry out is warned of at its row, and stops no publish', () => {
  const findings = lintButtons({ a: 'workflow', b: 'webService' });
  expect(findings.map(({ code, severity, at }) => [severity, code, at.tab, at.row].join(' '))).toEqual(['warning workflowWithoutConnector customButtons a', 'warning serviceWithoutSecret customButtons b']);
  expect(stopsPublish(findings)).toBe(false);
});

describe('the linter', () => {
  test.each<[string, ProfileDocument, string[], Resources?]>([
    ['a profile with a right and nothing amiss', of({}), []],
    ['a profile without a name', of({ 'general.name': ' ' }), ['error nameMissing general.name']],
    ['an empty profile', { schema: 1, settings: { 'general.name': 'Nothing' }, configuration: {} }, ['warning empty']],
    ['one that gives rights of the Maker alone', of({ 'users.colleagues': false, 'console.audit.read': 'allow' }), []],
    ['a transfer right without a rule', of({ 'transfers.advisor': true }), ['warning transferWithoutRule transfers.advisor tab.transferRules']],
    [
      'a transfer right whose only rule is archived',
      of({ 'transfers.advisor': true }, rows('transferRules', { id: 'r' })),
      ['warning transferWithoutRule transfers.advisor tab.transferRules', 'warning rowGone transferRules r tab.transferRules'],
    ],
    ['a transfer right with its rule', of({ 'transfers.advisor': true }, rows('transferRules', { id: 'r' })), [], there('transferRule', 'r')],
    ['a rule under the id of something else', of({ 'transfers.advisor': true }, rows('transferRules', { id: 'r' })), ['warning transferWithoutRule transfers.advisor tab.transferRules', 'warning rowGone transferRules r tab.transferRules'], there('queue', 'r')],
    ['evaluation without a grid', of({ 'evaluation.access': true }), ['warning evaluationWithoutGrid evaluation.access tab.evaluationGrids']],
    ['adding evaluations without a grid', of({ 'evaluation.access': true, 'evaluation.add': true }), ['warning evaluationWithoutGrid evaluation.add tab.evaluationGrids']],
    ['voice campaigns without one', of({ 'voiceCampaigns.access': true }), ['warning accessWithoutCampaign voiceCampaigns.access tab.voiceCampaigns']],
    ['SMS campaigns without one', of({ 'smsCampaigns.access': true }), ['warning accessWithoutCampaign smsCampaigns.access tab.smsCampaigns']],
    [
      'SMS campaigns that run and could write nothing',
      of({ 'smsCampaigns.access': true }, rows('smsCampaigns', { id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' })),
      ['warning smsWithoutText smsCampaigns a a', 'warning smsWithoutText smsCampaigns b b'],
      {
        ...there('smsCampaign', 'a', { active: true }),
        ...there('smsCampaign', 'b', { active: true, text: 'On {date}' }),
        ...there('smsCampaign', 'c', { active: false }),
        ...there('smsCampaign', 'd', { active: true, text: 'Hello {customer}' }),
      },
    ],
    ['a survey that is not there', of({ 'surveys.access': true }), ['warning rowMissing surveys.access tab.surveys']],
    ['a survey that nothing opens', of({}, rows('surveys', { id: 's' })), ['warning rowsUnused surveys tab.surveys'], there('survey', 's')],
    [
      'refusing what is accepted at once',
      of({ 'flow.voice.access': true, 'flow.voice.manage.canRefuse': true, 'flow.voice.manage.autoAccept': true, 'flow.voice.manage.autoAcceptSec': 0 }),
      ['error refuseInstant flow.voice.manage.canRefuse channel.voice'],
    ],
    [
      'refusing before a countdown ends',
      of({ 'flow.email.access': true, 'flow.email.manage.canRefuse': true, 'flow.email.manage.autoAccept': true }),
      ['warning refuseCountdown flow.email.manage.canRefuse 5'],
    ],
    ['a missed maximum without an activity', of({ 'interactions.maxMissed': 3 }), ['error required interactions.missedActivityId field.interactions.maxMissed']],
    ['one with an activity that is not its own', of({ 'interactions.maxMissed': 3, 'interactions.missedActivityId': 'x' }), ['error referenceNotHere interactions.missedActivityId tab.activities']],
    [
      'one with an activity that leaves its flows on',
      of({ 'flow.voice.access': true, 'interactions.maxMissed': 3, 'interactions.missedActivityId': 'calls' }, LIST),
      ['warning missedLeavesOn interactions.missedActivityId channel.voice'],
      ACTIVITIES,
    ],
    ['one with an activity that turns them off', of({ 'flow.voice.access': true, 'interactions.maxMissed': 3, 'interactions.missedActivityId': 'pause' }, LIST), [], ACTIVITIES],
    ['a default that is not in the list', of({}, { activities: { rows: [{ id: 'pause' }], default: 'x' } }), ['error defaultNotHere activities tab.activities'], ACTIVITIES],
    ['activities without a default', of({}, rows('activities', { id: 'pause' })), ['warning defaultNone activities tab.activities'], ACTIVITIES],
    [
      'premium numbers without a country',
      of({ 'flow.voice.out.direct': true, 'flow.voice.out.premium': true }),
      ['warning premiumWithoutCountry flow.voice.out.premium channel.voice'],
    ],
    ['premium numbers of every country', of({ 'flow.voice.out.direct': true, 'flow.voice.out.premium': true, 'flow.voice.out.countries': 'all' }), []],
    ['premium numbers without going out', of({ 'flow.voice.out.premium': true, 'flow.voice.out.countries': ['FR'] }), ['warning rightsOff flow.voice.out.premium field.flow.out.smart field.flow.out.direct']],
    ['a right without the one it needs', of({ 'recording.download': true }), ['warning rightOff recording.download field.recording.access']],
    [
      'smart outgoing without a queue of that channel',
      of({ 'flow.voice.out.smart': true }, rows('queues', { id: 'q', email: true })),
      ['warning smartWithoutQueue flow.voice.out.smart channel.voice'],
      there('queue', 'q'),
    ],
    ['a directory switched on and empty', of({}, { directory: { rows: [], enabled: true } }), ['warning onWithoutRows directory tab.directory']],
    ['CRMs in a list that is off', of({}, rows('crms', { id: 'c' })), ['warning rowsWhileOff crms tab.crms'], there('crm', 'c')],
    ['a module to read of which nothing is chosen', of({ 'console.queues.read': 'allow' }), ['warning consoleWithoutElements console.queues.elements console.module.queues']],
    ['one of which all is chosen', of({ 'console.queues.read': 'allow', 'console.queues.elements': 'all' }), []],
    ['one without elements', of({ 'console.audit.read': 'allow' }), []],
    ['one to change and not to read', of({ 'console.queues.update': 'allow' }), ['warning consoleWithoutRead console.queues.read console.module.queues']],
  ])('says of %s what there is to say', (_, document, expected, resources) => {
    expect(found(document, resources)).toEqual(expected);
  });

  test('says who is left without any profile, where it is told', () => {
    expect(found(of({}), {}, { people: 0 })).toEqual(['warning nobody users']);
    expect(found(of({}), {}, { people: 2, without: ['Ida', 'Omar'] })).toEqual(['warning personWithoutProfile users Ida Omar']);
  });

  test('has exactly the errors that the hub refuses a publish for, and a place for each finding', () => {
    fc.assert(
      fc.property(documentArbitrary, resourcesArbitrary, (document, resources) => {
        const findings = lint(document, { resources });
        const errors = findings.filter(({ severity }) => severity === 'error');
        expect(errors.map(({ code }) => code)).toEqual(checkDocument(document).map(({ code }) => code));
        expect(stopsPublish(findings)).toBe(errors.length > 0);
        for (const { code, at } of findings) {
          if (at.field) expect(fieldById.has(at.field) || consoleFieldById.has(at.field)).toBe(true);
          if (at.tab) expect(tabById.has(at.tab)).toBe(true);
          if (at.row) expect(rowsOf(document, at.tab as TabId).map(({ id }) => id)).toContain(at.row);
          expect(Object.keys(messages.lint)).toContain(code);
        }
      }),
    );
  });
});
