/** Links to where a setting is changed: the field, the tab, the right of the Maker. */
import type { ComponentChildren } from 'preact';
import { consoleFieldById, consoleModuleById } from '../../../lib/catalogue/console.ts';
import { sectionOf, tabById } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { rowOfPath } from '../../../lib/decide/grants.ts';

/** @param setting a field of a section or of the Maker's rights, a tab, a row of one or what it says (`rowPath`) */
export function hrefOfSetting(profileId: string, setting: string): string {
  const at = (tab: 'settings' | 'configuration' | 'rights', subTab: string | null) => hrefOf({ page: 'profile', profileId, tab, subTab });
  // Of a row, or an attribute of one: to its tab. `users` is a tab too, though the document does not keep it.
  const tab = tabById.has(setting) ? setting : sectionOf.has(setting) ? null : rowOfPath(setting)?.tab.id;
  if (tab) return at('configuration', tab);
  if (consoleFieldById.has(setting)) {
    const module = setting.split('.')[1] ?? '';
    return at('rights', consoleModuleById.has(module) ? module : null);
  }
  return at('settings', sectionOf.get(setting)?.id ?? null);
}

interface Props {
  readonly profileId: string;
  readonly setting: string;
  readonly class?: string;
  /** Before it goes there: a dialog over the page closes. */
  readonly onGo?: (() => unknown) | undefined;
  readonly children: ComponentChildren;
}

export function SettingLink({ profileId, setting, class: extra = '', onGo, children }: Props) {
  return (
    <a
      class={`setting-link ${extra}`}
      href={hrefOfSetting(profileId, setting)}
      data-setting={setting}
      onClick={() => {
        onGo?.();
        showWhenDrawn(setting);
      }}
    >
      {children}
    </a>
  );
}

/** How long the page of the field may take to be drawn, in milliseconds. */
const DRAWN_WITHIN_MS = 2000;

/** The page puts the keyboard on its heading once it is there: the field has it when it was left there so many frames. */
const LEFT_THERE = 10;
const CONTROLS = 'input, select, textarea, button';

/** Scrolls to the field and gives it the keyboard, as soon as its page is there. */
function showWhenDrawn(setting: string): void {
  const until = performance.now() + DRAWN_WITHIN_MS;
  let left = 0;
  const look = () => {
    const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(setting)}"]`);
    if (field?.contains(document.activeElement)) left += 1;
    else if (field) {
      left = 0;
      giveKeyboard(field);
    }
    if (left < LEFT_THERE && performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function giveKeyboard(field: HTMLElement): void {
  field.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  const control = field.querySelector<HTMLElement>(CONTROLS);
  // Read, not edited: nothing in it takes the keyboard.
  if (!control) field.tabIndex = -1;
  (control ?? field).focus({ preventScroll: true });
}
