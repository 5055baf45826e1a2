/** Every verb of every panel against a real hub: refused without its right, done with it. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { panels } from '../../../lib/modules/panels.ts';
import type { Panel, Verb } from '../../../lib/modules/types.ts';
import { ALL_RIGHTS, makeModuleCentre, type ModuleCentre, ONLY_TO_LOOK, sampleOf, sampleValues } from '../../fixtures/modules.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let hub: TestHub;
let centre: ModuleCentre;
let able: TestPerson;
let looking: TestPerson;
let unable: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeModuleCentre(hub);
  able = await centre.signedIn(ALL_RIGHTS, { name: 'Able' });
  looking = await centre.signedIn(ONLY_TO_LOOK, { rows: { crms: [{ id: centre.resources['crms'] }] } });
  unable = await centre.signedIn({}, { rows: { directory: [], knowledgeBase: [], documentCenter: [], crms: [] } });
  other = await hub.makePerson(centre.accountId, { name: 'Other' });
  await centre.team(able, [other, looking]);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const verbs = panels.filter(({ rowsOf }) => !rowsOf).flatMap((panel) => panel.verbs.map((verb) => [`${verb.control}${verb.label ? ` (${verb.label})` : ''}`, panel, verb] as const));
const isOwn = (panel: Panel, verb: Verb) => verb.control === panel.module;

/** A fresh row that a verb applies to, of somebody. */
const rowFor = (panel: Panel, verb: Verb | null, owner: TestPerson): Promise<string> =>
  centre.keep({
    module: panel.module,
    ownerId: owner.id,
    resourceId: panel.ofTab ? centre.resources[panel.ofTab]! : null,
    people: panel.module === 'mod.conversations' ? [owner.id, other.id] : null,
    values: { ...sampleValues(panel, verb?.where), ...(panel.module === 'mod.invoices' ? { paid: 0, issuedAt: Date.now() } : {}) },
    file: { name: 'tone.wav', type: 'audio/wav', bytes: Buffer.from('RIFF') },
  });

const bodyFor = async (panel: Panel, verb: Verb, owner: TestPerson): Promise<{ id?: string; revision?: number; values?: Record<string, unknown> }> => ({
  ...(verb.on === 'module' ? {} : { id: await rowFor(panel, verb, owner), revision: 1 }),
  // The grid of this centre has no criteria: a score alone (hub-evaluations.test.ts has others).
  ...(verb.form ? { values: Object.fromEntries(verb.form.filter(({ type }) => type !== 'answers').map((field) => [field.id, sampleOf(field, centre.resources, other.id)])) } : {}),
});
const stored = (id: string) => hub.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const everything = async () => hub.db.selectFrom('record').select(['id', 'revision', 'deleted_at']).orderBy('id').execute();

describe('without the right', () => {
  it.each(panels.map((panel) => [panel.module, panel] as const))('%s is neither listed nor read', async (module, panel) => {
    const id = await rowFor(panel, null, unable);
    for (const path of ['', `/${id}`, `/${id}/file`, `/${id}/file?play=1`]) {
      expect(problem(await hub.call(unable, 'GET', `/api/modules/${module}${path}`))).toEqual([403, 'control.refused']);
    }
  });

  it.each(verbs)('%s is refused to who has nothing', async (_, panel, verb) => {
    const body = await bodyFor(panel, verb, unable);
    const before = await everything();
    expect(problem(await centre.command(unable, verb.control, body))).toEqual([403, 'control.refused']);
    expect(await everything()).toEqual(before);
  });

  it.each(verbs.filter(([, panel, verb]) => !isOwn(panel, verb)))('%s is refused to who may only look, and no row offers it', async (_, panel, verb) => {
    const body = await bodyFor(panel, verb, looking);
    const before = await everything();
    expect(problem(await centre.command(looking, verb.control, body))).toEqual([403, 'control.refused']);
    if (verb.file) expect(problem(await hub.call(looking, 'GET', `/api/modules/${panel.module}/${body.id}/file`))).toEqual([403, 'control.refused']);
    if (body.id) expect((await centre.row(looking, panel.module, body.id)).body.may).not.toContain(verb.control);
    expect(await everything()).toEqual(before);
  });
});

describe('with the right', () => {
  it.each(panels.map(({ module }) => [module] as const))('%s is listed', async (module) => {
    const { status, body } = await centre.list(able, module);
    expect([status, body.total]).toEqual([200, expect.any(Number)]);
  });

  it.each(verbs)('%s is done', async (_, panel, verb) => {
    const body = await bodyFor(panel, verb, able);
    if (body.id) expect((await centre.row(able, panel.module, body.id)).body.may).toContain(verb.control);
    const before = await everything();
    const answer = await centre.command(able, verb.control, body);
    if (verb.does === 'file') {
      expect(answer.status).toBe(405);
      expect((await hub.call(able, 'GET', `/api/modules/${panel.module}/${body.id}/file`)).body).toEqual({ name: 'tone.wav', type: 'audio/wav', base64: 'UklGRg==' });
    } else {
      expect([answer.status, answer.body?.issues]).toEqual([202, undefined]);
      await EFFECTS[verb.does](panel, verb, body, before);
    }
    const { entries } = (await hub.call(centre.admin, 'GET', `/api/audit?action=${verb.control}&limit=1`)).body;
    expect(entries.length).toBe(isOwn(panel, verb) ? 0 : 1);
    if (!isOwn(panel, verb)) expect(entries[0]).toMatchObject({ actor: { id: able.id }, subject: { name: expect.any(String) } });
  });
});

type Body = Awaited<ReturnType<typeof bodyFor>>;
type Before = Awaited<ReturnType<typeof everything>>;
type Shows = (panel: Panel, verb: Verb, body: Body, before: Before) => Promise<void>;

/** What a row says of a form's values, the owner and the resource too. */
const said = (row: { values: Record<string, unknown>; owner_id: string | null; resource_id: string | null }) => ({ ...row.values, owner: row.owner_id, resourceId: row.resource_id });

const made = async (before: Before) => {
  const fresh = (await everything()).filter(({ id }) => !before.some((old) => old.id === id));
  expect(fresh).toHaveLength(1);
  return stored(fresh[0]!.id);
};

const EFFECTS: Readonly<Record<Exclude<Verb['does'], 'file'>, Shows>> = {
  async create(panel, verb, { values }, before) {
    const row = await made(before);
    expect(row.module).toBe(panel.module);
    expect(said(row)).toMatchObject({ ...values, ...verb.sets });
  },
  async evaluate(_, __, { id, values }, before) {
    const row = await made(before);
    expect([row.module, row.owner_id]).toEqual(['mod.evaluations', able.id]);
    expect(said(row)).toMatchObject({ ...values, recordId: id });
  },
  async change(_, verb, { id, values }) {
    const row = await stored(id!);
    expect(said(row)).toMatchObject({ ...values, ...verb.sets });
    expect(row.revision).toBe(2);
  },
  async delete(panel, verb, { id }) {
    expect(problem(await centre.row(able, panel.module, id!))).toEqual([404, 'notFound']);
    expect((await centre.command(able, verb.control, { id, restore: true })).status).toBe(202);
    expect((await centre.row(able, panel.module, id!)).body.id).toBe(id);
    expect((await centre.rows(able, panel.module)).map((row) => row.id)).toContain(id);
    expect(problem(await centre.command(able, verb.control, { id, restore: true }))).toEqual([404, 'notFound']);
  },
  async pay(_, verb, { id, values = {} }) {
    expect((await stored(id!)).values).toMatchObject({ state: 'pending' });
    const [request] = await hub.db.selectFrom('payment_request').selectAll().where('invoice_id', '=', id!).execute();
    expect(request).toMatchObject({ state: 'pending', way: verb.sets!['way'], amount: 12_000, sent_to: values['phone'] ?? values['email'] ?? null });
  },
  async spread(panel, _, { id, values = {} }) {
    const row = (await centre.row(able, panel.module, id!)).body;
    expect(row.values).toMatchObject({ state: 'spread', instalments: values['instalments'], next: 6000, nextAt: values['nextAt'] });
  },
  async start(panel, _, { values = {} }, before) {
    const row = await made(before);
    expect((await centre.row(able, panel.module, row.id)).body.values).toMatchObject({ with: 'Other', topic: values['topic'], last: values['text'], thread: `Able: ${values['text']}` });
  },
  async write(panel, _, { id, values = {} }) {
    expect((await centre.row(able, panel.module, id!)).body.values).toMatchObject({ last: values['text'] });
  },
};
