/** Two administrators edit one draft, through the client and a hub on a real database. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createHubClient } from '../../lib/api/client.ts';
import { routes } from '../../lib/api/routes.ts';
import type { ConsoleHub } from '../../lib/console/hub.ts';
import { systemClock } from '../../lib/models/clock.ts';
import { createEditor } from '../../lib/models/maker/editor.ts';
import type { Editor } from '../../lib/models/maker/editor-types.ts';
import { settingOf } from '../../lib/profile/value.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

let hub: TestHub;
let people: readonly TestPerson[];
const editors: Editor[] = [];
beforeAll(async () => {
  hub = await startHubWithoutLinks();
  const account = await hub.makeAccount();
  people = await Promise.all(['Maya', 'Tom'].map((name) => hub.makePerson(account, { type: 'administrator', name })));
});
afterEach(() => {
  for (const editor of editors.splice(0)) editor.close();
});
afterAll(() => hub.stop());

/** The hub as a page reaches it, without the background in between. */
function pageOf({ token }: TestPerson): ConsoleHub {
  const client = createHubClient(
    { fetch, hub: () => hub.url, token: async () => ({ ok: true, value: token }), session: () => null, clock: systemClock, random: () => 0, newKey: randomUUID },
    routes,
  ) as Record<string, (input: unknown) => Promise<{ ok: boolean; notModified?: boolean; value?: unknown; etag?: string | null }>>;
  return {
    async ask(name: string, input: unknown) {
      const reply = await client[name]!(input);
      return reply.ok ? { ok: true, value: { value: reply.value ?? null, etag: reply.etag ?? null, notModified: reply.notModified === true } } : reply;
    },
  } as unknown as ConsoleHub;
}

async function openBoth(): Promise<readonly [Editor, Editor]> {
  const made = await hub.call(people[0]!, 'POST', '/api/profiles', { name: `Inbound ${randomUUID()}` }, { 'idempotency-key': randomUUID() });
  const both = people.map((person) => createEditor({ hub: pageOf(person), profileId: made.body.profileId, clock: systemClock }));
  editors.push(...both);
  for (const editor of both) await holds(() => editor.load.peek() === 'ready');
  return both as [Editor, Editor];
}
const holds = (condition: () => boolean) => expect.poll(condition, { timeout: 15_000, interval: 20 }).toBe(true);
const value = (editor: Editor, id: string) => settingOf(editor.document.peek(), id);

it('see each other, and each other’s changes, without asking for them', async () => {
  const [maya, tom] = await openBoth();
  tom.editing.value = true;
  await holds(() => maya.watch.peek()?.editors.some(({ name, editing }) => name === 'Tom' && editing) === true);
  tom.setField('recording.access', true);
  await holds(() => value(maya, 'recording.access') === true);
  expect(maya.news.peek()).toMatchObject({ kind: 'taken', who: 'Tom' });
  tom.close();
  await holds(() => maya.watch.peek()?.editors.every(({ name }) => name !== 'Tom') === true);
});

it('keep both of what nowhere meets', async () => {
  const [maya, tom] = await openBoth();
  maya.setField('general.alias', 'Maya’s');
  tom.setField('voicemail.access', true);
  await Promise.all([maya.flush(), tom.flush()]);
  await holds(() => [maya, tom].every((editor) => editor.save.peek() === 'saved' && value(editor, 'general.alias') === 'Maya’s' && value(editor, 'voicemail.access') === true));
});

it('are asked about what both changed, and end with what was chosen', async () => {
  const [maya, tom] = await openBoth();
  tom.setField('general.alias', 'Tom’s');
  maya.setField('general.alias', 'Maya’s');
  await tom.flush();
  expect(await maya.flush()).toBe(false);
  expect(maya.conflict.peek()?.conflicts).toMatchObject([{ id: 'general.alias', mine: 'Maya’s', theirs: 'Tom’s' }]);
  expect(await maya.resolve('merged', new Map([['general.alias', 'mine']]))).toBe(true);
  await holds(() => value(tom, 'general.alias') === 'Maya’s');
});

it('drop the draft for both', async () => {
  const [maya, tom] = await openBoth();
  maya.setField('recording.access', true);
  await maya.flush();
  await holds(() => value(tom, 'recording.access') === true);
  expect(await maya.drop()).toBe(true);
  expect(value(maya, 'recording.access')).toBe(false);
  await holds(() => value(tom, 'recording.access') === false);
});
