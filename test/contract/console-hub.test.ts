/** The Maker's calls, from the page through the background to the hub and back. */
import { effect } from '@preact/signals-core';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsoleHub } from '../../lib/console/hub.ts';
import { createQueries } from '../../lib/console/queries.ts';
import type { HubAsk } from '../../lib/session/client-state.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';
import { aClient } from './a-client.ts';
import { type HandHub, handHub, HUB } from './hand-hub.ts';

let hub: HandHub;
beforeEach(() => {
  hub = handHub();
});
afterEach(() => hub.close());

const PROFILE = { id: 'p1', name: 'Inbound', reference: '', version: 1, people: 2, online: 1, hasDraft: false, archived: false, changedAt: 0, changedBy: null };
const DRAFT = { profileId: 'p1', basedOn: 1, revision: 4, document: { schema: 1, settings: {}, configuration: {} }, changedAt: 0, changedBy: null };

async function signedIn() {
  const it = aClient(hub);
  await it.signIn();
  return { ...it, maker: createConsoleHub({ call: it.call }) };
}

describe('a call of the Maker', () => {
  it('goes to its route with the background’s token, and comes back checked', async () => {
    const { maker } = await signedIn();
    const heard: (string | null)[] = [];
    hub.server.use(
      http.get(`${HUB}/api/profiles`, ({ request }) => {
        heard.push(request.headers.get('authorization'));
        return HttpResponse.json({ profiles: [PROFILE], most: 50, next: null });
      }),
    );
    expect(await maker.ask('listProfiles')).toEqual({ ok: true, value: { value: { profiles: [PROFILE], most: 50, next: null }, etag: null, notModified: false } });
    expect(heard).toEqual(['Bearer access-1']);
  });

  it('fills in its path and its query, names what it saves over, and does a write once under one key', async () => {
    const { maker } = await signedIn();
    const heard: { url: string; match: string | null; key: string | null; body: unknown }[] = [];
    const note = async ({ request }: { request: Request }) => {
      heard.push({ url: request.url, match: request.headers.get('if-match'), key: request.headers.get('idempotency-key'), body: await request.json().catch(() => null) });
      return HttpResponse.json(DRAFT, { headers: { etag: '"4"' } });
    };
    hub.server.use(http.put(`${HUB}/api/profiles/:id/draft`, note), http.get(`${HUB}/api/people`, () => HttpResponse.json({ people: [], next: null })));
    const saved = await maker.ask('saveDraft', { params: { id: 'p/1' }, ifMatch: '"3"', body: { document: DRAFT.document } });
    expect(saved).toMatchObject({ ok: true, value: { value: { revision: 4 }, etag: '"4"' } });
    expect(heard).toEqual([{ url: `${HUB}/api/profiles/p%2F1/draft`, match: '"3"', key: expect.any(String), body: { document: DRAFT.document } }]);
    expect(await maker.ask('listPeople', { query: { disabled: 'true' } })).toMatchObject({ ok: true, value: { value: { people: [], next: null } } });
  });

  it('asks for all pages of a list, each after the one before, and puts them together', async () => {
    const { maker } = await signedIn();
    const heard: string[] = [];
    const pages: Record<string, object> = { '': { profiles: [PROFILE], most: 50, next: 'the end of one' }, 'the end of one': { profiles: [{ ...PROFILE, id: 'p2' }], most: 50, next: null } };
    hub.server.use(
      http.get(`${HUB}/api/profiles`, ({ request: { url } }) => {
        heard.push(new URL(url).search);
        return HttpResponse.json(pages[new URL(url).searchParams.get('after') ?? '']);
      }),
    );
    const cache = { open: async () => [], write: async () => {}, remove: async () => {}, clear: async () => {} };
    const queries = createQueries({ hub: maker, cache, clock: createHandClock(0) });
    await queries.own('somebody');
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    await vi.waitFor(() => expect(read.whole.value).toBe(true));
    expect(read.data.value).toEqual({ profiles: [PROFILE, { ...PROFILE, id: 'p2' }], most: 50, next: null });
    expect(heard).toEqual(['', '?after=the+end+of+one&limit=1000']);
    stop();
  });

  it('says what the hub refuses, and what is no answer of this route', async () => {
    const { maker } = await signedIn();
    hub.server.use(http.get(`${HUB}/api/profiles`, () => HttpResponse.json({ profiles: [{ ...PROFILE, online: 'many' }], most: 50, next: null })));
    expect(await maker.ask('listProfiles')).toMatchObject({ ok: false, problem: { code: 'client.malformed', detail: expect.stringContaining('online') } });
    hub.server.use(
      http.get(`${HUB}/api/profiles`, () =>
        HttpResponse.json({ type: 'urn:pennon:problem:forbidden', title: 'no', status: 403, code: 'forbidden' }, { status: 403, headers: { 'content-type': 'application/problem+json' } }),
      ),
    );
    expect(await maker.ask('listProfiles')).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
  });

  it.each(['https://elsewhere.example/', '.elsewhere.example/api/', '/oidc/token', '//elsewhere.example/api/', 7])('sends no token to %s, whatever a page says', async (path) => {
    const { call } = await signedIn();
    const answer = await call('ask', { method: 'GET', path, answers: true } as unknown as HubAsk);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'client.failed' } });
  });
});
