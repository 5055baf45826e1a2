/** What the system tells of an offer, to who looks at no banner. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import type { InteractionView } from '../../lib/api/interaction.ts';
import { listenForOffers } from '../../lib/session/alerts/background.ts';
import type { ClientState } from '../../lib/session/client-state.ts';
import { anInteraction } from '../fakes/interaction.ts';
import { aSnapshot, aState } from '../fakes/state.ts';

const MARKUP = '<img src=x onerror=alert(1)><b>bold</b> &amp;';
const settings = { read: async () => ({ offerNotification: { value: true } }) } as never;

const given = browser as unknown as Record<string, unknown>;
const names = ['commands', 'i18n', 'notifications', 'permissions', 'windows'] as const;
const before = Object.fromEntries(names.map((name) => [name, given[name]]));
let told: Record<string, unknown>[];

beforeEach(() => {
  told = [];
  const heard = { addListener() {} };
  Object.assign(given, {
    commands: { onCommand: heard },
    i18n: { getMessage: (key: string) => key },
    notifications: { onClicked: heard, clear: async () => true, create: async (_id: string, what: Record<string, unknown>) => void told.push(what) },
    permissions: { contains: async () => true },
    windows: { getLastFocused: async () => null },
  });
  vi.spyOn(browser.runtime.onMessage, 'addListener').mockImplementation(() => {});
});
afterEach(() => {
  Object.assign(given, before);
  vi.restoreAllMocks();
});

async function offered(offer: Partial<InteractionView>): Promise<Record<string, unknown>> {
  const snapshot = aSnapshot();
  const interactions = [anInteraction({ phase: 'offered', ...offer })];
  const state: ClientState = aState({ snapshot: { ...snapshot, situation: { ...snapshot.situation, interactions } } });
  const subscribe = (listener: (state: ClientState) => void) => {
    listener(state);
    return () => {};
  };
  listenForOffers({ client: { subscribe, perform: vi.fn() }, settings, bannerTabs: async () => [] });
  await vi.waitFor(() => expect(told).toHaveLength(1));
  return told[0]!;
}

describe('the system’s notification of an offer', () => {
  const customer = { name: MARKUP, address: MARKUP, masked: false, reference: MARKUP, language: null };

  it('is a title and a message of plain text, of an interaction with markup in all that it says', async () => {
    expect(await offered({ channel: 'email', customer, subject: MARKUP, queue: { id: 'q1', name: MARKUP } })).toEqual({
      type: 'basic',
      iconUrl: expect.stringMatching(/\/icon\/128\.png$/),
      title: `alert_offer_email · ${MARKUP}`,
      message: `${MARKUP} · ${MARKUP}`,
    });
  });

  it('is the same of a campaign’s target', async () => {
    const { title, message } = await offered({ customer, subject: '', campaign: { id: 'c1', name: MARKUP, tries: 0, note: MARKUP } });
    expect([title, message]).toEqual([`alert_offer_target · ${MARKUP}`, MARKUP]);
  });
});
