/** The records of the demo centre, as they are made and as its people see them. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { panelByModule } from '../../../lib/modules/panels.ts';
import { createConnector } from '../../../server/connector/connectors.ts';
import { demoId } from '../../../server/demo/identity.ts';
import { pdfOf } from '../../../server/demo/pdf.ts';
import { people } from '../../../server/demo/people.ts';
import { demoRecords } from '../../../server/demo/records.ts';
import { seedDemo } from '../../../server/demo/seed.ts';
import { wavOf } from '../../../server/demo/tone.ts';
import { createCalls } from '../../../server/demo/traffic/calls.ts';
import { PAYS_AFTER_MS, startPaying } from '../../../server/demo/traffic/payments.ts';
import { createApiToken } from '../../../server/auth/api-tokens.ts';
import type { AuthDatabase } from '../../../server/auth/tables.ts';
import { openSession } from '../../fixtures/centre.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

const seed = { accountId: demoId('account', 'harbour'), now: Date.UTC(2026, 10, 28, 15) };
const all = demoRecords(seed);
/** Kept beside what is shown. */
const UNSHOWN = new Set(['profileId', 'messages', 'plan', 'sections', 'passScore', 'answers']);

describe('the records of the demo', () => {
  it('are the same each time, and none is there twice', () => {
    expect(demoRecords(seed)).toEqual(all);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('say what their panels have columns for, and choose what can be chosen', () => {
    const wrong = all.flatMap(({ module, values, ownerId, resourceId }) => {
      const { columns, ofTab } = panelByModule.get(module)!;
      const unknown = Object.keys(values).filter((key) => !UNSHOWN.has(key) && !columns.some(({ id }) => id === key));
      const chosen = columns.filter(({ id, choices }) => choices && values[id] != null && !choices.includes(values[id] as string)).map(({ id }) => id);
      const owned = columns.some(({ id }) => id === 'owner') || !ownerId || module === 'mod.conversations';
      return [...unknown, ...chosen, ...(owned ? [] : ['owner']), ...(ofTab && !resourceId ? ['resource'] : [])].map((what) => `${module} ${what}`);
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('have sounds and pages that programs can open', () => {
    const wav = wavOf({ notes: [440], seconds: 0.5 });
    expect([wav.subarray(0, 4).toString(), wav.subarray(8, 16).toString(), wav.readUInt32LE(40), wav.length]).toEqual(['RIFF', 'WAVEfmt ', 2000, 2044]);
    const pdf = pdfOf('Constat (amiable)', ['À remplir – le client paie 75 €']).toString('latin1');
    const place = Number(/startxref\n(\d+)/.exec(pdf)![1]);
    expect(pdf.slice(place, place + 4)).toBe('xref');
    for (const [, at, n] of [...pdf.matchAll(/(\d{10}) 00000 n/g)].map((match, n) => [match, Number(match[1]), n + 1] as const)) expect(pdf.slice(at).startsWith(`${n} 0 obj`)).toBe(true);
    expect(all.flatMap(({ file }) => (file ? [file.bytes.length] : [])).every((bytes) => bytes > 500 && bytes < 25_000)).toBe(true);
  });
});

describe('in the demo centre', () => {
  let hub: TestHub;
  const token = async (key: keyof typeof people): Promise<TestPerson> => {
    const { email } = people[key];
    const person = { id: demoId('person', key), accountId: seed.accountId, email, token: await createApiToken(hub.db as unknown as AuthDatabase, email, 1) };
    await openSession(hub, person);
    return person;
  };
  const total = async (person: TestPerson, module: string) => (await hub.call(person, 'GET', `/api/modules/${module}`)).body.total;

  beforeAll(async () => {
    hub = await startHubWithoutLinks();
    await seedDemo(hub.db, { hubUrl: hub.url });
  }, 60_000);
  afterAll(() => hub?.stop(), 60_000);

  it('every module shows something to who has every right', async () => {
    const maya = await token('maya');
    const counts = await Promise.all([...panelByModule.keys()].filter((module) => module !== 'mod.evaluations').map(async (module) => [module, await total(maya, module)] as const));
    expect(counts.filter(([, count]) => !(count > 0))).toEqual([]);
  });

  it('an advisor sees their own, a leader the teams they manage, each the resources of the profile', async () => {
    const [amira, karin] = await Promise.all([token('amira'), token('karin')]);
    const [own, led] = await Promise.all([total(amira, 'mod.recordings'), total(karin, 'mod.recordings')]);
    expect(own).toBeGreaterThan(0);
    expect(led).toBeGreaterThan(own);
    expect(await total(karin, 'mod.evaluations')).toBeGreaterThan(0);
    expect(await total(amira, 'mod.crm')).toBeLessThan(all.filter(({ module }) => module === 'mod.crm').length);
    const [recording] = (await hub.call(amira, 'GET', '/api/modules/mod.recordings')).body.rows;
    expect(recording.may).toEqual([]);
    expect((await hub.call(amira, 'GET', `/api/modules/mod.recordings/${recording.id}/file?play=1`)).body.type).toBe('audio/wav');
    expect((await hub.call(amira, 'GET', `/api/modules/mod.recordings/${recording.id}/file`)).status).toBe(403);
  });

  it('a payment is confirmed after a moment, by its provider', async () => {
    const grace = await token('grace');
    const { rows } = (await hub.call(grace, 'GET', '/api/modules/mod.invoices?filter=state:issued')).body;
    const { id, revision, values } = rows[0];
    const body = { id, revision, values: { resourceId: demoId('paymentModule', 'cards') } };
    const { token: connector } = await createConnector(hub.db, seed.accountId, 'Demo traffic', undefined, true);
    expect((await hub.call(grace, 'POST', '/api/commands/inv.pay.card', body)).status).toBe(202);
    const clock = createHandClock(0);
    const asked = await hub.hub.listen().then(() => createCalls(hub.hub.url, connector));
    const stop = startPaying({ calls: asked, clock, log: () => {} });
    await vi.waitFor(async () => {
      clock.pass(PAYS_AFTER_MS);
      expect((await hub.call(grace, 'GET', `/api/modules/mod.invoices/${id}`)).body.values.state).toBe('paid');
    }, 10_000);
    await stop();
    expect((await hub.call(grace, 'GET', `/api/modules/mod.invoices/${id}`)).body.values).toMatchObject({ state: 'paid', paid: values.amount });
  });
});
