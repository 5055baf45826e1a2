/** The table of contents: follows the scroll, carries the marks of what changed, and is a choice where there is no room. */
import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Section, sections } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import type { SectionMark, Settings } from '../../../lib/models/maker/settings.ts';
import { Select } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icon.tsx';
import { t, tn } from '../../ui/text.ts';
import { sectionAnchor } from './section.tsx';

const all = sections as readonly Section[];

interface Props {
  readonly model: Settings;
  readonly profileId: string;
  readonly active: Signal<string>;
}

/** Which section is read. @param goTo the section of the address */
export function useContents(goTo: string | null, sheet: RefObject<HTMLElement | null>): Signal<string> {
  const active = useSignal(goTo ?? all[0]!.id);
  useFollowing(sheet, active);
  useEffect(() => {
    if (goTo !== null) show(goTo, active);
  }, [goTo]);
  return active;
}

const shownIn = (model: Settings) => all.filter(({ id }) => model.isShown(id));

export function Contents({ model, profileId, active }: Props) {
  return (
    <nav class="contents" aria-label={t('makerSettings.contents')}>
      <ul>
        {shownIn(model).map((section) => (
          <li key={section.id}>
            <a
              href={hrefOf({ page: 'profile', profileId, tab: 'settings', subTab: section.id })}
              aria-current={active.value === section.id ? 'location' : undefined}
              data-contents={section.id}
              onClick={() => show(section.id, active)}
            >
              {t(section.label)}
              <Mark mark={model.markOf(section.id)} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The same where there is no room for it. */
export function JumpTo({ model, active }: Omit<Props, 'profileId'>) {
  const mark = (id: string) => (model.markOf(id).changes > 0 ? ' •' : '');
  return (
    <div class="jump">
      <Select
        label={t('makerSettings.goTo')}
        labelHidden
        value={active.value}
        options={shownIn(model).map(({ id, label }) => ({ value: id, label: `${t(label)}${mark(id)}` }))}
        onChange={(id) => show(id, active)}
      />
    </div>
  );
}

function Mark({ mark: { changes, errors, warnings } }: { mark: SectionMark }) {
  if (changes + errors + warnings === 0) return null;
  const said = [changes > 0 ? tn('makerSettings.changes', changes) : '', errors + warnings > 0 ? tn('makerSettings.findings', errors + warnings) : ''];
  return (
    <span class="marks">
      {changes > 0 && (
        <span class="dot-mark" aria-hidden="true">
          •
        </span>
      )}
      {errors > 0 && <Icon name="circle-alert" size={12} class="error" />}
      {errors === 0 && warnings > 0 && <Icon name="triangle-alert" size={12} class="warning" />}
      <span class="sr">{said.filter(Boolean).join(', ')}</span>
    </span>
  );
}

/** Scrolls to a section and gives its title the keyboard's place. */
function show(id: string, active: Signal<string>): void {
  const section = document.querySelector<HTMLElement>(`#${CSS.escape(sectionAnchor(id))}`);
  if (!section) return;
  section.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  section.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  active.value = id;
}

/** What a person scrolls by; where a link scrolled to stays what is read until then. */
const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * The section under a line of the page is the one that is read. The line is at the top while the page is at its top, and
 * at the bottom at its end, so that every section has its turn.
 */
function useFollowing(sheet: RefObject<HTMLElement | null>, active: Signal<string>): void {
  useEffect(() => {
    const ending = new AbortController();
    const options = { signal: ending.signal, capture: true, passive: true } as const;
    const scroller = sheet.current?.closest<HTMLElement>('main');
    if (!scroller) return undefined;
    let byHand = true;
    let frame = 0;
    const look = () => {
      frame = 0;
      const { top, height } = scroller.getBoundingClientRect();
      const progress = scroller.scrollTop / Math.max(1, scroller.scrollHeight - scroller.clientHeight);
      const line = top + 60 + progress * (height - 70);
      const cards = [...(sheet.current?.querySelectorAll<HTMLElement>('[data-section]') ?? [])];
      const read = cards.findLast((card) => card.getBoundingClientRect().top <= line) ?? cards[0];
      if (read && byHand) active.value = read.dataset['section']!;
    };
    for (const type of BY_HAND) document.addEventListener(type, () => (byHand = true), options);
    scroller.addEventListener('scroll', () => (frame ||= requestAnimationFrame(look)), options);
    sheet.current?.closest('.profile-columns')?.addEventListener('click', ({ target }) => target instanceof Element && target.closest('.contents a') && (byHand = false), options);
    return () => {
      cancelAnimationFrame(frame);
      ending.abort();
    };
  }, []);
}
