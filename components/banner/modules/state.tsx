/** What stands in a panel where there is nothing to show: each with its next step. */
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../../lib/api/problem.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';

export function Blank({ icon, title, text, children }: { icon: IconName; title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="blank">
      <span class="disc">
        <Icon name={icon} size={20} />
      </span>
      <h3>{title}</h3>
      <p>{text}</p>
      {children}
    </div>
  );
}

export function TryAgain({ again }: { again: () => unknown }) {
  return (
    <button type="button" class="button" onClick={trusted(again)}>
      <Icon name="rotate-ccw" size={16} />
      {t('ui.retry')}
    </button>
  );
}

/** Instead of what could not be read. */
export function Failed({ problem, again }: { problem: Problem; again: () => unknown }) {
  const { banner } = useParts();
  return (
    <div class="blank" role="alert" data-problem={problem.code}>
      <span class="disc">
        <Icon name={problem.code === 'client.offline' ? 'cloud-off' : 'triangle-alert'} size={20} />
      </span>
      <p>{problemText(problem, banner.view.value.active?.name ?? '')}</p>
      <TryAgain again={again} />
    </div>
  );
}

/** A line over what is shown all the same. */
export function Line({ tone, icon, children }: { tone: 'wait' | 'bad' | 'plain'; icon: IconName; children: ComponentChildren }) {
  return (
    <div class={`said-line ${tone}`}>
      <Icon name={icon} size={16} />
      <p>{children}</p>
    </div>
  );
}

/** Where rows will be. */
export function Skeleton({ lines }: { lines: number }) {
  return (
    <div class="skeleton" role="status">
      <span class="sr">{t('ui.loading')}</span>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} aria-hidden="true" style={{ inlineSize: `${[72, 54, 64, 46, 60][at % 5]}%` }} />
      ))}
    </div>
  );
}
