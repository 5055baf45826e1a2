import { describe, expect, test } from 'vitest';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import { checkDocument } from '../../../lib/profile/check.ts';
import { emptyDocument } from '../../../lib/profile/schema.ts';

const of = (settings: ProfileDocument['settings'], configuration: ProfileDocument['configuration'] = {}): ProfileDocument => ({
  schema: 1,
  settings: { 'general.name': 'Inbound advisor', ...settings },
  configuration,
});
const pause = { activities: { rows: [{ id: 'pause' }] } };
const pathsOf = (document: ProfileDocument) => checkDocument(document).map(({ path }) => path.join(' / '));

describe('a profile can be published', () => {
  test.each<[string, ProfileDocument]>([
    ['with a name alone', emptyDocument('Inbound advisor')],
    ['with a maximum of missed interactions and an activity for it', of({ 'interactions.maxMissed': 3, 'interactions.missedActivityId': 'pause' }, pause)],
    ['with an activity for missed interactions that no maximum asks for', of({ 'interactions.missedActivityId': 'pause' }, pause)],
    ['with a default that is one of its activities', of({}, { activities: { ...pause.activities, default: 'pause' } })],
    ['without a default', of({}, { activities: { ...pause.activities, default: null } })],
  ])('%s', (_, document) => {
    expect(checkDocument(document)).toEqual([]);
  });
});

describe('a profile cannot be published', () => {
  test.each<[string, ProfileDocument, string]>([
    ['without a name', { schema: 1, settings: {}, configuration: {} }, 'settings / general.name'],
    ['with a name of spaces', of({ 'general.name': '  ' }), 'settings / general.name'],
    ['with a maximum of missed interactions and nothing that follows', of({ 'interactions.maxMissed': 3 }), 'settings / interactions.missedActivityId'],
    ['with an activity for missed interactions that is not its own', of({ 'interactions.missedActivityId': 'lunch' }, pause), 'settings / interactions.missedActivityId'],
    ['with a default that is not its own', of({}, { activities: { ...pause.activities, default: 'lunch' } }), 'configuration / activities / default'],
  ])('%s', (_, document, path) => {
    expect(pathsOf(document)).toEqual([path]);
  });
});
