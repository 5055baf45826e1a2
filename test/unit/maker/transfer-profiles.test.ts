import { describe, expect, it } from 'vitest';
import { issueWords, missingByProfile, placeInFile, profilesFileName, readProfilesFile } from '../../../lib/models/maker/transfer-profiles.ts';
import { exportOf, parseTransfer, TRANSFER_FORMAT } from '../../../lib/profile/transfer.ts';

const document = { schema: 1, settings: { 'general.name': 'Inbound' }, configuration: { queues: { rows: [{ id: 'q1', voice: 'yes' }] } } };
const file = { format: TRANSFER_FORMAT, schema: 1, profiles: [{ name: 'Inbound', document, resources: { q1: { kind: 'queue', name: 'Motor claims' } } }] };
const placeOf = (path: readonly (string | number)[]) =>
  placeInFile(path, file).map((part) => ('key' in part ? part.key : `“${part.text}”`)).join(' ');

describe('a file of profiles', () => {
  it('is told from what is no JSON, and from other JSON', () => {
    expect(readProfilesFile(`\uFEFF${JSON.stringify(file)}`)).toEqual({ ok: true, file });
    expect(readProfilesFile('{"format":')).toEqual({ ok: false, code: 'notJson' });
    expect(readProfilesFile('[]')).toEqual({ ok: false, code: 'notProfiles' });
    expect(readProfilesFile('null')).toEqual({ ok: false, code: 'notProfiles' });
  });

  it('is called after the one profile in it', () => {
    const at = new Date('2026-05-01T10:00:00Z');
    expect(profilesFileName([{ name: 'Équipe « Nord » / 2' }], at)).toBe('equipe-nord-2-2026-05-01.json');
    expect(profilesFileName([{ name: 'A' }, { name: 'B' }], at)).toBe('profiles-2026-05-01.json');
    expect(profilesFileName([{ name: '***' }], at)).toBe('profiles-2026-05-01.json');
  });

  it('has each of its places named as the Maker names them', () => {
    expect(placeOf([])).toBe('makerTransfer.place.file');
    expect(placeOf(['schema'])).toBe('“schema”');
    expect(placeOf(['profiles', 0, 'name'])).toBe('“Inbound” field.general.name');
    expect(placeOf(['profiles', 0, 'document', 'settings', 'flow.voice.access'])).toBe('“Inbound” section.flow channel.voice field.flow.access');
    expect(placeOf(['profiles', 0, 'document', 'settings', 'console.type'])).toBe('“Inbound” console.title console.type');
    expect(placeOf(['profiles', 0, 'document', 'configuration', 'queues', 'rows', 0, 'voice'])).toBe('“Inbound” tab.queues “Motor claims” row.queues.voice');
    expect(placeOf(['profiles', 7, 'document', 'configuration', 'surveys', 'rows', 3])).toBe('“8” tab.surveys “4”');
  });

  it('with a mistake has a place for each that the reading of it finds', () => {
    const read = parseTransfer({ ...file, profiles: [...file.profiles, { name: '', document: {} }] });
    expect(read.ok).toBe(false);
    for (const { path } of read.ok ? [] : read.issues) expect(placeInFile(path, file).length).toBeGreaterThan(0);
  });

  it('has what the reading of it finds said in words, each of it', () => {
    const wrong = { 'flow.voice.access': 'yes', 'interactions.maxMissed': 0, 'interactions.timeoutInboundSec': 1.5, 'tasks.scope': 'world', 'general.alias': 'x'.repeat(81) };
    const rows = [{ id: 'q1', scoreVoice: 101 }, { id: 'q1' }, {}];
    const bad = { schema: 1, settings: wrong, configuration: { queues: { rows }, surveys: { rows: [] , enabled: 'no' }, crms: [] } };
    const read = parseTransfer({ ...file, schema: 9, profiles: [{ name: 'A', document: bad }, { name: 'a', document }] });
    const messages = read.ok ? [] : read.issues.map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.filter((message) => issueWords(message) === null)).toEqual([]);
    expect(issueWords('Invalid value: Expected <=100 but received 101')).toEqual({ key: 'atMost', values: ['100', '101'] });
    expect(issueWords('something else')).toBeNull();
  });

  it('lists what has no counterpart by profile and tab', () => {
    const row = (profile: string, tab: string, name: string) => ({ profile, tab, name });
    expect(missingByProfile([row('A', 'queues', 'q1'), row('B', 'crms', 'c'), row('A', 'queues', 'q2'), row('A', 'crms', 'c')])).toEqual([
      { profile: 'A', tabs: [{ tab: 'queues', names: ['q1', 'q2'] }, { tab: 'crms', names: ['c'] }] },
      { profile: 'B', tabs: [{ tab: 'crms', names: ['c'] }] },
    ]);
  });

  it('that was exported is one that can be imported', () => {
    const good = { ...document, configuration: {} };
    const text = JSON.stringify(exportOf([{ name: 'Inbound', document: good, resources: {} }], 0));
    const read = readProfilesFile(text);
    expect(read.ok && parseTransfer(read.file).ok).toBe(true);
  });
});
