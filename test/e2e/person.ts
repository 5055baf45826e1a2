/** What a person does with the banner: signs in, switches profile; and what of it a test can see. */
import { DEMO_PASSWORD, people, type PersonKey } from '../../server/demo/people.ts';
import type { ClientState } from '../../lib/session/client-state.ts';
import { CLIENT_PORT, type FrameMessage } from '../../lib/session/port-messages.ts';
import { MIRROR_KEYS, mirroredIn } from '../../lib/store/mirror.ts';
import { type TestBrowser, type TestFrame, type TestPage, until } from './browser.ts';

interface Areas {
  readonly chrome: { storage: Record<'local' | 'session', { get(keys: readonly string[]): Promise<Record<string, unknown>>; set(items: object): Promise<void> }> };
}

/** Tells the extension which hub to use, as the page of options does. */
export async function useHub(browser: TestBrowser, hub: string): Promise<void> {
  const own = await browser.own();
  await own.evaluate((address) => (globalThis as unknown as Areas).chrome.storage.local.set({ 'setting.hub': address }), hub);
}

/** What the background told the frames last. */
export async function stateOf(browser: TestBrowser): Promise<ClientState | null> {
  const own = await browser.own();
  return mirroredIn(await own.evaluate((keys) => (globalThis as unknown as Areas).chrome.storage.session.get(keys), MIRROR_KEYS));
}

/** Signs in from a banner, through the hub's own sign-in page. */
export async function signIn(browser: TestBrowser, hub: string, banner: TestFrame, person: PersonKey | { readonly email: string; readonly password: string }): Promise<void> {
  const { email, password } = typeof person === 'string' ? { email: people[person].email, password: DEMO_PASSWORD } : person;
  await banner.click('[data-action="signIn"]');
  const page = await browser.nextPage((url) => url.startsWith(`${hub}/oidc/`));
  await fillIn(page, email, password);
  await banner.waitFor('to be signed in', () => document.querySelector('[data-control="core.profile"]') !== null);
}

/**
 * Through the menu of the connection, which is opened anew until it was of use: it closes where a window takes the keyboard,
 * as the one of a sign-in may on a loaded machine.
 */
export async function signOut(banner: TestFrame): Promise<void> {
  await until('the sign-out to begin', async () => {
    const menu = await banner.evaluate(() => {
      const [opens, out] = ['[data-opens="connection"]', '[data-control="core.logout"]'].map((each) => document.querySelector<HTMLElement>(each));
      return !opens || out?.dataset.state === 'pending' ? 'over' : opens.ariaExpanded === 'true' ? 'open' : 'closed';
    });
    if (menu === 'over') return true;
    await banner.clickNow(menu === 'open' ? '[data-control="core.logout"]' : '[data-control="core.connection"]');
    return false;
  });
  await banner.waitFor('the way back in', () => document.querySelector('[data-action="signIn"]') !== null);
}

export interface Desk {
  readonly browser: TestBrowser;
  readonly page: TestPage;
  readonly banner: TestFrame;
}

/** Somebody signed in on a page of the demo CRM, with a live link; whoever is signed in there already stays. */
export async function sitDown(browser: TestBrowser, hub: string, person: PersonKey): Promise<Desk> {
  await useHub(browser, hub);
  const page = await browser.openPage(`${hub}/demo/customers/20418`);
  const banner = await page.banner();
  if ((await stateOf(browser))?.phase !== 'open') await signIn(browser, hub, banner, person);
  await stateIs(banner, 'core.connection', 'live');
  return { browser, page, banner };
}

/** Waits until the control is drawn in this state. */
export const stateIs = (banner: TestFrame, control: string, state: string): Promise<unknown> =>
  banner.waitFor(`${control} to be ${state}`, ([id, wanted]) => document.querySelector<HTMLElement>(`[data-control="${id}"]`)?.dataset.state === wanted, [control, state] as const);

/** Waits until the card of what is in hand says this state of it. */
export const cardIs = (banner: TestFrame, state: string): Promise<unknown> =>
  banner.waitFor(`the card to be ${state}`, (wanted) => document.querySelector<HTMLElement>('.strip.card')?.dataset.interactionState === wanted, state);

export const nothingInHand = (banner: TestFrame): Promise<unknown> => banner.waitFor('nothing in hand', () => document.querySelector('.strip') === null);

/** Waits until no pause keeps offers away any more. */
export const pauseOver = (browser: TestBrowser): Promise<unknown> =>
  until('the pause to be over', async () => {
    const state = await stateOf(browser);
    return state !== null && state.snapshot!.situation.pauses.inboundUntil <= Date.now() + state.clockOffset;
  }, 60_000);

export async function fillIn(page: TestPage, email: string, password: string): Promise<void> {
  await page.type('#email', email);
  await page.type('#password', password);
  await page.click('button[type="submit"]:not([formaction])').catch((error: unknown) => {
    // The page closes under the click once the sign-in is done.
    if (!/closed|detached|destroyed|navigat|no such|aborted/i.test(String(error))) throw error;
  });
}

/** Every control drawn, with its state; slots that a control has just left are none. */
export const controlsOf = (banner: TestFrame): Promise<Record<string, string>> =>
  banner.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-control]')].map(({ dataset }) => [dataset.control!, dataset.state ?? '']),
    ),
  );

export const activeProfile = (browser: TestBrowser): Promise<string | null> =>
  stateOf(browser).then((state) => state?.snapshot?.profile.active?.name ?? null);

/** Opens the switcher and chooses; what would be gained and lost is there to be read before `confirm`. */
export async function chooseProfile(banner: TestFrame, profileId: string): Promise<{ confirm(): Promise<void> }> {
  await banner.click('[data-control="core.profile"]');
  await banner.click(`[data-profile="${profileId}"]`);
  await banner.waitFor('the consequences', () => document.querySelector('.consequences :is(.gained, .lost)') !== null);
  return { confirm: () => banner.click(`[data-switch="${profileId}"]`) };
}

export const switched = (browser: TestBrowser, profileId: string): Promise<unknown> =>
  until('the profile to be switched', async () => {
    const state = await stateOf(browser);
    const active = state?.snapshot?.profile.active;
    if (active?.id === profileId && state!.pending.length === 0) return true;
    const { next, interactions } = state?.snapshot?.situation ?? {};
    throw new Error(
      `active is ${active?.name}, next ${next?.name}, pending ${state?.pending.join() || 'nothing'}, in hand ${interactions?.length}, the link ${state?.connection.state}, a problem ${state?.problem?.code}`,
    );
  });

/**
 * Says "switch" as a banner does, over a port of its own: only one tab is in front and takes a pointer, so that two
 * cannot be pressed at once.
 *
 * @returns whether the background says that it was done
 */
export const askToSwitch = (banner: TestFrame, profileId: string): Promise<boolean> =>
  banner.evaluate(
    ({ port: name, call }) =>
      new Promise<boolean>((resolve) => {
        const { runtime } = (globalThis as unknown as { chrome: { runtime: { connect(options: { name: string }): AskingPort } } }).chrome;
        const port = runtime.connect({ name });
        port.onMessage.addListener((message) => {
          if (message.type !== 'answer' || message.id !== call.id) return;
          port.disconnect();
          resolve(message.answer?.ok === true);
        });
        port.postMessage(call);
      }),
    { port: CLIENT_PORT, call: { type: 'call', id: crypto.randomUUID(), verb: 'switchProfile', args: [profileId] } satisfies FrameMessage },
  );
interface AskingPort {
  readonly onMessage: { addListener(listener: (message: { type: string; id?: string; answer?: { ok: boolean } }) => void): void };
  postMessage(message: unknown): void;
  disconnect(): void;
}
