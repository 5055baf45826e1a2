import { describe, expect, it } from 'vitest';
import type { ModuleRow } from '../../lib/api/routes-modules.ts';
import { scriptFor, type SpokenFor } from '../../lib/models/modules/script-for.ts';
import { scripts } from '../../lib/modules/shelves.ts';
import { opened } from '../fixtures/open-panel.ts';

const script = (id: string, resourceId: string, language: string): ModuleRow => ({ id, revision: 1, values: { title: id, resourceId, language, text: 'Good morning.' }, may: [] });
const rows = [script('motor-en', 'motor', 'en'), script('motor-fr', 'motor', 'fr'), script('motor-fr-2', 'motor', 'fr'), script('home-de', 'home', 'de')];

describe('the script of an interaction', () => {
  it('is the only one of its queue, or the only one in the customer’s language', () => {
    const found = (queueId: string, language: string | null) => scriptFor(rows, { queueId, language })?.id ?? null;
    expect(found('home', 'en')).toBe('home-de');
    expect(found('motor', 'en')).toBe('motor-en');
    expect(found('motor', 'EN-gb')).toBe('motor-en');
    expect([found('motor', 'fr'), found('motor', 'es'), found('motor', null), found('billing', 'en')]).toEqual([null, null, null, null]);
  });

  it('opens by itself, once; from the list one goes where one likes', async () => {
    const spokenFor: SpokenFor = { queueId: 'motor', language: 'en' };
    const open = await opened(scripts, { rows: { 'mod.scripts': rows }, spokenFor });
    expect(open.model.opened.value?.values['title']).toBe('motor-en');
    open.model.back();
    open.changed();
    await open.answer();
    expect(open.model.step.value.at).toBe('list');
    expect((await opened(scripts, { rows: { 'mod.scripts': rows }, spokenFor: { ...spokenFor, language: 'fr' } })).model.step.value.at).toBe('list');
  });
});
