/** What supervisors did of late: said once as a line, and kept to be read again. */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Telling } from '../../../lib/models/supervision/told.ts';
import { createSupervisionHub } from '../../../lib/supervision/hub.ts';
import { clockTime, tn } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { toldLine } from '../notice-words.ts';

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
  if (notices.length === 0) return null;
  return (
    <details class="happened">
      <summary>{tn('told.list', notices.length)}</summary>
      <ul>
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
