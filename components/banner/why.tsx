/** "Why is something missing?": every control that is not there, with its reason. */
import type { TargetedKeyboardEvent } from 'preact';
import { useSignal } from '@preact/signals';
import { controlById } from '../../lib/catalogue/index.ts';
import { groupMissing, matchesSearch, missingControls } from '../../lib/models/missing.ts';
import { Icon } from '../ui/icon.tsx';
import { iconNamed } from '../ui/icons.ts';
import { t, tn } from '../ui/text.ts';
import { AskForIt } from './asking/ask-for-it.tsx';
import { WhatHappened } from './asking/told.tsx';
import { useParts } from './context.ts';
import { Surface } from './surface.tsx';
import { reasonText } from './words.ts';

export function Why() {
  const { banner } = useParts();
  const focus = banner.explained.value === null ? 'input' : '[data-asking] input';
  return (
    <Surface name="why" label={t('why.title')} focus={focus} class="why">
      <Reasons />
    </Surface>
  );
}

function Reasons() {
  const { banner } = useParts();
  const search = useSignal('');
  const { decisions, active } = banner.view.value;
  const profile = active?.name ?? '';
  const missing = missingControls(decisions);
  const found = missing.filter(({ control, reason }) =>
    matchesSearch(`${moduleName(control.module)} ${t(control.label)} ${reasonText(reason, profile)}`, search.value),
  );
  if (missing.length === 0) {
    return (
      <>
        <h2>{t('why.title')}</h2>
        <WhatHappened />
        <p class="hint">{t('why.nothing')}</p>
        <Locked />
      </>
    );
  }
  return (
    <>
      <div class="why-head">
        <h2>{t('why.title')}</h2>
        <input
          type="search"
          class="field"
          aria-label={t('why.search')}
          placeholder={tn('why.placeholder', missing.length)}
          onInput={(event) => (search.value = event.currentTarget.value)}
          onKeyDown={scrollFrom}
        />
        <p class="sr" role="status">
          {search.value && tn('why.found', found.length)}
        </p>
      </div>
      <WhatHappened />
      {!search.value && <Locked />}
      {found.length === 0 && <p class="hint">{t('why.notFound', search.value)}</p>}
      {groupMissing(found).map(({ layer, controls }) => (
        <section key={layer} aria-label={t(`layer.${layer}`)}>
          <h3>{t(`layer.${layer}`)}</h3>
          <ul>
            {controls.map(({ control, reason }) => (
              <li class="row" key={control.id} data-missing={control.id} data-reason={reason.code}>
                <Icon name={iconNamed(control.icon)} size={16} class="muted" />
                <span class="grow">
                  {control.module ? t('why.inModule', moduleName(control.module), t(control.label)) : t(control.label)}
                  <small>{reasonText(reason, profile)}</small>
                  <AskForIt control={control.id} name={t(control.label)} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** What stands in the bar, locked by the profile alone: the one that "why" was opened for asks at once. */
function Locked() {
  const { banner } = useParts();
  const { decisions, active } = banner.view.value;
  const locked = [...decisions].filter(({ shown, reason }) => shown && reason?.askable);
  if (locked.length === 0) return null;
  return (
    <section aria-label={t('ask.locked')}>
      <h3>{t('ask.locked')}</h3>
      <ul>
        {locked.map(({ control: id, reason }) => {
          const { icon, label } = controlById.get(id)!;
          const explained = banner.explained.value === id;
          return (
            <li class="row" key={id} data-locked={id} data-asking={explained ? '' : undefined}>
              <Icon name={iconNamed(icon)} size={16} class="muted" />
              <span class="grow">
                {t(label)}
                <small>{reasonText(reason!, active?.name ?? '')}</small>
                <AskForIt control={id} name={t(label)} opened={explained} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Parts of the visible height that a key moves the list by: it has no stop of its own for the keyboard. */
const SCROLLS: Readonly<Record<string, number>> = { ArrowDown: 0.15, ArrowUp: -0.15, PageDown: 0.85, PageUp: -0.85 };

function scrollFrom(event: TargetedKeyboardEvent<HTMLInputElement>): void {
  const part = SCROLLS[event.key];
  const list = event.currentTarget.closest('.surface');
  if (part === undefined || !list) return;
  event.preventDefault();
  list.scrollBy({ top: part * list.clientHeight });
}

const moduleName = (module: string | undefined): string => (module ? t(`control.${module}`) : '');
