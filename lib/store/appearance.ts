/**
 * The appearance set by the company or the person, read by the keys of lib/settings without its validation: the banner
 * page carries no schemas.
 */
import type { Appearance } from '../settings/schema.ts';
import type { AreaChanges } from './area-changes.ts';

interface Area {
  get(key: string): Promise<Record<string, unknown>>;
  readonly onChanged: Pick<AreaChanges, 'addListener'>;
}
export interface AppearanceStorage {
  /** Says no changes where the browser has none to say (Firefox). */
  readonly managed: Pick<Area, 'get'> & Partial<Pick<Area, 'onChanged'>>;
  readonly local: Area;
}

const KEY = 'setting.appearance';
const isAppearance = (value: unknown): value is Appearance => value === 'system' || value === 'light' || value === 'dark';

/**
 * Calls back with the person's appearance at once, then with the company's where it has one, then after each change:
 * Chromium answers for the policy only some seconds after it was started. An area that throws has nothing set (Firefox).
 */
export function watchAppearance(areas: AppearanceStorage, listener: (appearance: Appearance) => void): void {
  let said: Appearance | null = null;
  let byCompany: unknown;
  const read = async () => {
    const person = await areas.local.get(KEY).catch((): Record<string, unknown> => ({}));
    const next = [byCompany, person[KEY]].find(isAppearance) ?? 'system';
    if (next !== said) listener(next);
    said = next;
  };
  const readCompany = async () => {
    byCompany = (await areas.managed.get('appearance').catch((): Record<string, unknown> => ({})))['appearance'];
    if (isAppearance(byCompany)) await read();
  };
  areas.local.onChanged.addListener((changes) => void (KEY in changes && read()));
  areas.managed.onChanged?.addListener((changes) => void ('appearance' in changes && readCompany()));
  void read();
  void readCompany();
}
