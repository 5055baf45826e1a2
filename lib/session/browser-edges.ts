/** The browser, as the background's session sees it. */
import { browser } from 'wxt/browser';
import type { Socket } from '../live/stream.ts';
import { systemClock } from '../models/clock.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { createSnapshotCache } from '../store/cache.ts';
import type { SessionArea } from '../store/mirror.ts';
import type { BackgroundClient, BackgroundEdges } from './background-client.ts';
import type { PortHost } from './serve-client.ts';

const WATCHDOG = 'pennon.watchdog';
/** The shortest period that Chromium takes. */
const WATCHDOG_MINUTES = 0.5;

export const ports = (): PortHost => browser.runtime as unknown as PortHost;

export function browserEdges(settings: SettingsStore): BackgroundEdges {
  return {
    fetch: (...request) => fetch(...request),
    newSocket: (url, protocol) => new WebSocket(url, protocol) as Socket,
    identity: {
      getRedirectURL: () => browser.identity.getRedirectURL(),
      launchWebAuthFlow: (details) => browser.identity.launchWebAuthFlow(details),
    },
    session: browser.storage.session as unknown as SessionArea,
    local: browser.storage.local as unknown as SessionArea,
    settings,
    cache: createSnapshotCache(),
    watchdog: { set: (on) => void setWatchdog(on) },
    browserName,
    clock: systemClock,
    random: Math.random,
    newKey: () => crypto.randomUUID(),
  };
}

/** Must be called synchronously when the background starts: an alarm that wakes it is waiting. */
export function listenForWakes(client: Pick<BackgroundClient, 'ring' | 'online'>): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === WATCHDOG) void client.ring();
  });
  addEventListener('online', () => client.online());
  // Nothing to do but to be awake: the client starts with the background.
  browser.runtime.onStartup.addListener(() => {});
  browser.runtime.onInstalled.addListener(() => {});
}

async function setWatchdog(on: boolean): Promise<void> {
  if (!on) return void (await browser.alarms.clear(WATCHDOG));
  const running = await browser.alarms.get(WATCHDOG);
  if (!running) await browser.alarms.create(WATCHDOG, { periodInMinutes: WATCHDOG_MINUTES });
}

const SYSTEMS: Readonly<Record<string, string>> = {
  mac: 'macOS',
  win: 'Windows',
  linux: 'Linux',
  cros: 'ChromeOS',
  android: 'Android',
  openbsd: 'OpenBSD',
};

/** "Firefox on Linux": how a person would know this browser among their own. */
async function browserName(): Promise<string> {
  const { os } = await browser.runtime.getPlatformInfo();
  return `${ownName()} on ${SYSTEMS[os] ?? os}`;
}

interface Brands {
  readonly userAgentData?: { readonly brands: readonly { readonly brand: string }[] };
}

function ownName(): string {
  if (navigator.userAgent.includes('Firefox/')) return 'Firefox';
  const brands = (navigator as Brands).userAgentData?.brands.map(({ brand }) => brand) ?? [];
  // A browser made of Chromium names itself, Chromium, and one that is no browser.
  return brands.find((brand) => brand !== 'Chromium' && !/not.*brand/i.test(brand)) ?? 'Chromium';
}
