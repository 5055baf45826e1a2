/** What supervisors did of late, said once as a line, and kept to be read again with what one waits for from them. */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { controlById } from '../../../lib/catalogue/index.ts';
import { Telling } from '../../../lib/models/supervision/told.ts';
import { createSupervisionHub } from '../../../lib/supervision/hub.ts';
import { clockTime, t, tn } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { toldLine } from '../notice-words.ts';
import { Withdraw } from './ask-for-it.tsx';
import { askingIn } from './model.ts';

/** Says each notice in whichever tab is in front. */
export function useTelling(): void {
  const { banner } = useParts();
  useEffect(() => {
    const isVisible = () => document.visibilityState === 'visible';
    const visible = signal(isVisible());
    const look = () => void (visible.value = isVisible());
    document.addEventListener('visibilitychange', look);
    const told = computed(() => banner.view.value.snapshot?.situation.notices ?? []);
    const telling = new Telling({ hub: createSupervisionHub(banner), told, visible, notices: banner.notices });
    return () => {
      document.removeEventListener('visibilitychange', look);
      telling[Symbol.dispose]();
    };
  }, []);
}

export function WhatHappened() {
  const { banner } = useParts();
  const notices = banner.view.value.snapshot?.situation.notices ?? [];
  const waiting = askingIn(banner).waiting.value;
  const all = notices.length + waiting.length;
  if (all === 0) return null;
  return (
    <details class="happened">
      <summary>{tn('told.list', all)}</summary>
      <ul>
        {waiting.map(({ id, control, at }) => (
          <li key={id} data-waiting={control}>
            <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
            <span>
              {t('ask.asked', t(controlById.get(control)?.label ?? control))}
              <Withdraw id={id} control={control} />
            </span>
          </li>
        ))}
        {notices.map((told) => {
          const { title, detail } = toldLine(told);
          return (
            <li key={told.id} data-told={told.kind}>
              <time dateTime={new Date(told.at).toISOString()}>{clockTime(told.at)}</time>
              <span>
                {title}
                {detail && <small>{detail}</small>}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
