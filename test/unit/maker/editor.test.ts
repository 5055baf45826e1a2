import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import { createEditor, SAVE_AFTER_MS } from '../../../lib/models/maker/editor.ts';
import type { EditorCache, KeptProfile } from '../../../lib/models/maker/editor-cache.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { canonical } from '../../../lib/profile/canonical.ts';
import { emptyDocument } from '../../../lib/profile/schema.ts';
import { settingOf } from '../../../lib/profile/value.ts';
import { createHandClock, type HandClock } from '../../fixtures/hand-clock.ts';
import { createHandConsole, type HandConsole } from '../../fixtures/hand-console.ts';

const editors: Editor[] = [];
afterEach(() => {
  for (const editor of editors.splice(0)) editor.close();
});

/** Lets all that has been answered be heard. */
const settle = async () => {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
};
const pass = async (clock: HandClock, milliseconds: number) => {
  for (let left = milliseconds; left > 0; left -= 100) {
    clock.pass(Math.min(100, left));
    await settle();
  }
};
async function open(centre: HandConsole, clock: HandClock, person = 'Maya', cache?: EditorCache) {
  const hub = centre.page(person);
  const editor = createEditor({ hub, profileId: 'p', clock, random: () => 0.5, ...(cache ? { cache } : {}) });
  editors.push(editor);
  await settle();
  return { editor, hub };
}
const start = (document?: ProfileDocument) => ({ centre: createHandConsole(document), clock: createHandClock(1_800_000_000_000) });
const onHub = (centre: HandConsole, id: string) => settingOf(centre.draft().document, id);
const onScreen = ({ document }: Editor, id: string) => settingOf(document.peek(), id);

describe('saving', () => {
  it('saves once, a while after the last change', async () => {
    const { centre, clock } = start();
    const { editor } = await open(centre, clock);
    editor.setField('recording.access', true);
    clock.pass(SAVE_AFTER_MS - 1);
    editor.setField('recording.delete', true);
    clock.pass(SAVE_AFTER_MS - 1);
    await settle();
    expect(editor.save.peek()).toBe('saving');
    expect(centre.asked).not.toContain('saveDraft');
    clock.pass(1);
    await settle();
    expect(centre.asked.filter((route) => route === 'saveDraft')).toHaveLength(1);
    expect(editor.save.peek()).toBe('saved');
    expect(centre.draft().document.settings).toMatchObject({ 'recording.access': true, 'recording.delete': true });
  });

  it('saves one at a time, and what was typed meanwhile after that', async () => {
    const { centre, clock } = start();
    const { editor } = await open(centre, clock);
    editor.setField('general.alias', 'a');
    centre.hold();
    await pass(clock, SAVE_AFTER_MS);
    editor.setField('general.alias', 'ab');
    await pass(clock, SAVE_AFTER_MS);
    expect(centre.asked).not.toContain('saveDraft');
    centre.answerAll();
    await settle();
    expect(onHub(centre, 'general.alias')).toBe('ab');
    expect(onScreen(editor, 'general.alias')).toBe('ab');
    expect(editor.save.peek()).toBe('saved');
  });

  it('says nothing of a change that was taken back before it was saved', async () => {
    const { centre, clock } = start();
    const { editor } = await open(centre, clock);
    editor.setField('recording.access', true);
    editor.undoField('recording.access');
    await pass(clock, 2000);
    expect(editor.save.peek()).toBe('saved');
    expect(centre.asked).not.toContain('saveDraft');
  });

  it('keeps what is typed while the hub cannot be reached, and saves it once it can', async () => {
    const { centre, clock } = start();
    const { editor, hub } = await open(centre, clock);
    hub.online = false;
    editor.setField('recording.access', true);
    await pass(clock, 5000);
    expect(editor.save.peek()).toBe('failed');
    expect(editor.problem.peek()?.code).toBe('client.offline');
    expect(onScreen(editor, 'recording.access')).toBe(true);
    hub.online = true;
    await pass(clock, 30_000);
    expect(editor.save.peek()).toBe('saved');
    expect(onHub(centre, 'recording.access')).toBe(true);
  });

  it('leaves a refused save alone until something changes', async () => {
    const { centre, clock } = start();
    const { editor } = await open(centre, clock);
    centre.refuse({ code: 'grant.refused', fields: ['recording.delete'] });
    editor.setField('recording.delete', true);
    await pass(clock, 60_000);
    expect(editor.save.peek()).toBe('failed');
    expect(editor.problem.peek()?.fields).toEqual(['recording.delete']);
    expect(centre.asked.filter((route) => route === 'saveDraft')).toHaveLength(1);
    centre.refuse(null);
    editor.setField('recording.access', true);
    await pass(clock, SAVE_AFTER_MS);
    expect(editor.save.peek()).toBe('saved');
  });

  it('answers to flush only when the hub has it', async () => {
    const { centre, clock } = start();
    const { editor, hub } = await open(centre, clock);
    editor.setField('recording.access', true);
    expect(await editor.flush()).toBe(true);
    expect(onHub(centre, 'recording.access')).toBe(true);
    hub.online = false;
    editor.setField('recording.access', false);
    expect(await editor.flush()).toBe(false);
  });
});

describe('two on one draft', () => {
  it('takes the other’s newer draft at once where nothing here is unsaved, and says whose', async () => {
    const { centre, clock } = start();
    const [{ editor: mine }, { editor: theirs }] = [await open(centre, clock), await open(centre, clock, 'Tom')];
    theirs.setField('recording.access', true);
    await pass(clock, 2000);
    expect(onScreen(mine, 'recording.access')).toBe(true);
    expect(mine.news.peek()).toMatchObject({ kind: 'taken', who: 'Tom' });
    expect(theirs.news.peek()).toBeNull();
  });

  it('merges what nowhere meets, and says so', async () => {
    const { centre, clock } = start();
    const [{ editor: mine }, { editor: theirs }] = [await open(centre, clock), await open(centre, clock, 'Tom')];
    mine.setField('recording.access', true);
    theirs.setField('voicemail.access', true);
    await theirs.flush();
    await pass(clock, 2000);
    expect(mine.save.peek()).toBe('saved');
    expect(mine.news.peek()).toMatchObject({ kind: 'merged', who: 'Tom' });
    expect(centre.draft().document.settings).toMatchObject({ 'recording.access': true, 'voicemail.access': true });
  });

  it('asks about what both changed, keeps mine on screen meanwhile, and ends as was chosen', async () => {
    const { centre, clock } = start();
    const [{ editor: mine }, { editor: theirs }] = [await open(centre, clock), await open(centre, clock, 'Tom')];
    theirs.setField('general.alias', 'theirs');
    theirs.setField('voicemail.access', true);
    mine.setField('general.alias', 'mine');
    await theirs.flush();
    await pass(clock, 2000);
    expect(mine.save.peek()).toBe('conflict');
    expect(mine.conflict.peek()?.conflicts).toEqual([{ id: 'general.alias', base: undefined, mine: 'mine', theirs: 'theirs' }]);
    expect(onScreen(mine, 'general.alias')).toBe('mine');
    expect(onHub(centre, 'general.alias')).toBe('theirs');
    expect(await mine.resolve('merged', new Map([['general.alias', 'mine']]))).toBe(true);
    expect(onHub(centre, 'general.alias')).toBe('mine');
    expect(onHub(centre, 'voicemail.access')).toBe(true);
    expect(mine.conflict.peek()).toBeNull();
  });

  it('ends by itself once what was changed here is taken back', async () => {
    const { centre, clock } = start();
    const [{ editor: mine }, { editor: theirs }] = [await open(centre, clock), await open(centre, clock, 'Tom')];
    theirs.setField('general.alias', 'theirs');
    mine.setField('general.alias', 'mine');
    await theirs.flush();
    await pass(clock, 2000);
    mine.undoField('general.alias');
    await pass(clock, 2000);
    expect(mine.save.peek()).toBe('saved');
    expect(onScreen(mine, 'general.alias')).toBe('theirs');
  });

  it('drops mine and theirs with the draft, and refuses where another was faster', async () => {
    const { centre, clock } = start();
    const { editor } = await open(centre, clock);
    editor.setField('recording.access', true);
    await editor.flush();
    editor.setField('recording.delete', true);
    expect(await editor.drop()).toBe(true);
    expect(editor.document.peek()).toEqual(emptyDocument('Inbound advisor'));
    expect(editor.save.peek()).toBe('saved');
  });

  it('says that one reads, edits and leaves', async () => {
    const { centre, clock } = start();
    const { editor } = await open(centre, clock);
    editor.editing.value = true;
    await settle();
    editor.close();
    await settle();
    expect([...new Set(centre.said)]).toEqual(['Maya reading', 'Maya editing', 'Maya leaving']);
  });
});

describe('the cache', () => {
  function createCache(): EditorCache & { kept: KeptProfile | null } {
    const cache = {
      kept: null as KeptProfile | null,
      read: async () => cache.kept,
      write: async (_id: string, kept: KeptProfile | null) => void (cache.kept = kept),
    };
    return cache;
  }

  it('paints before the hub answers', async () => {
    const { centre, clock } = start();
    const cache = createCache();
    (await open(centre, clock, 'Maya', cache)).editor.setField('recording.access', true);
    await pass(clock, 2000);
    centre.hold();
    const { editor } = await open(centre, clock, 'Maya', cache);
    expect(editor.load.peek()).toBe('ready');
    expect(onScreen(editor, 'recording.access')).toBe(true);
  });

  it('saves after a reload what could not be saved before, merged with what came meanwhile', async () => {
    const { centre, clock } = start();
    const cache = createCache();
    const before = await open(centre, clock, 'Maya', cache);
    before.hub.online = false;
    before.editor.setField('recording.access', true);
    await pass(clock, 2000);
    before.editor.close();
    const { editor: theirs } = await open(centre, clock, 'Tom');
    theirs.setField('voicemail.access', true);
    await theirs.flush();
    const { editor } = await open(centre, clock, 'Maya', cache);
    await pass(clock, 2000);
    expect(editor.save.peek()).toBe('saved');
    expect(centre.draft().document.settings).toMatchObject({ 'recording.access': true, 'voicemail.access': true });
  });
});

describe('histories', () => {
  const FIELDS = ['general.alias', 'general.reference', 'general.description'];
  const step = fc.oneof(
    fc.record({ do: fc.constant('set' as const), who: fc.nat(1), field: fc.constantFrom(...FIELDS), value: fc.constantFrom('a', 'b', 'c', '') }),
    fc.record({ do: fc.constant('undo' as const), who: fc.nat(1), field: fc.constantFrom(...FIELDS) }),
    fc.record({ do: fc.constant('pass' as const), milliseconds: fc.integer({ min: 1, max: 3000 }) }),
    fc.record({ do: fc.constant('line' as const), who: fc.nat(1), online: fc.boolean() }),
    fc.record({ do: fc.constant('choose' as const), who: fc.nat(1), side: fc.constantFrom('mine' as const, 'theirs' as const) }),
    fc.record({ do: fc.constant('drop' as const), who: fc.nat(1) }),
  );
  const choose = async (editor: Editor, side: 'mine' | 'theirs') => {
    const ids = editor.conflict.peek()?.conflicts.map(({ id }) => [id, side] as const);
    if (ids) await editor.resolve('merged', new Map(ids));
  };

  it('end with the same document on both screens and in the hub, whatever happened on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { centre, clock } = start();
        const pages = [await open(centre, clock), await open(centre, clock, 'Tom')];
        for (const one of steps) {
          if (one.do === 'pass') await pass(clock, one.milliseconds);
          else {
            const { editor, hub } = pages[one.who]!;
            if (one.do === 'set') editor.setField(one.field, one.value);
            else if (one.do === 'undo') editor.undoField(one.field);
            else if (one.do === 'line') hub.online = one.online;
            else if (one.do === 'choose') await choose(editor, one.side);
            else await editor.drop();
          }
        }
        for (const { hub } of pages) hub.online = true;
        for (let round = 0; round < 4; round += 1) {
          await pass(clock, 40_000);
          for (const { editor } of pages) await choose(editor, 'mine');
        }
        await pass(clock, 2000);
        const there = canonical(centre.draft().document);
        for (const { editor } of pages) {
          expect(editor.save.peek()).toBe('saved');
          expect(canonical(editor.document.peek())).toEqual(there);
          editor.close();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lose nothing that only one changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const { centre, clock } = start();
        const pages = [await open(centre, clock), await open(centre, clock, 'Tom')];
        for (const one of steps) {
          if (one.do === 'pass') await pass(clock, one.milliseconds);
          else if (one.do === 'line') pages[one.who]!.hub.online = one.online;
          // Each has a field of their own.
          else if (one.do === 'set') pages[one.who]!.editor.setField(FIELDS[one.who]!, one.value);
        }
        const typed = pages.map(({ editor }, who) => onScreen(editor, FIELDS[who]!));
        for (const { hub } of pages) hub.online = true;
        await pass(clock, 80_000);
        expect(pages.map((_, who) => onHub(centre, FIELDS[who]!))).toEqual(typed);
        for (const { editor } of pages) editor.close();
      }),
      { numRuns: 40 },
    );
  });
});
