/** What stands where there is nothing to show yet, nothing at all, or something went wrong: each with its next step. */
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../lib/api/problem.ts';
import type { Read } from '../../lib/console/queries.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';
import { problemText } from './problem.ts';
import { t } from './text.ts';

/** Seen only where it takes longer than a moment, and in the room of what comes. */
export function Loading({ label }: { label: string }) {
  return (
    <div class="state loading" role="status">
      <Icon name="loader-circle" size={24} class="spin" />
      <p>{label}</p>
    </div>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** The next step. */
  readonly action?: ComponentChildren;
  /** Of the heading: 1 where nothing else is on the page. */
  readonly level?: 1 | 2;
}

export function Empty({ icon, title, text, action, level = 2 }: EmptyProps) {
  const Heading = `h${level}` as const;
  return (
    <div class="state empty">
      <span class="disc">
        <Icon name={icon} size={24} />
      </span>
      <Heading class="title">{title}</Heading>
      <p>{text}</p>
      {action}
    </div>
  );
}

export function Failed({ problem, retry }: { problem: Problem; retry: () => unknown }) {
  return (
    <div class="state failed" role="alert" data-problem={problem.code}>
      <span class="disc">
        <Icon name={problem.code === 'client.offline' ? 'cloud-off' : 'triangle-alert'} size={24} />
      </span>
      <p>{problemText(problem)}</p>
      <Button icon="rotate-ccw" onPress={retry}>
        {t('ui.retry')}
      </Button>
    </div>
  );
}

export type Reading = Pick<Read<unknown>, 'whole' | 'problem' | 'refresh'>;

/** Above what is only there in part, or not at all, where the rest did not come. */
export function RestFailed({ read: { whole, problem: { value: problem }, refresh } }: { read: Reading }) {
  if (!problem || whole.value) return null;
  return (
    <div class="note bad" role="alert" data-problem={problem.code}>
      <Icon name="circle-alert" size={16} />
      <div>{problemText(problem)}</div>
      <Button icon="rotate-ccw" onPress={refresh}>
        {t('ui.retry')}
      </Button>
    </div>
  );
}

const NOTE_ICON = { good: 'circle-check', warn: 'triangle-alert', bad: 'circle-alert', info: 'info' } as const;

export function Note({ tone = 'info', children }: { tone?: keyof typeof NOTE_ICON; children: ComponentChildren }) {
  return (
    <div class={`note ${tone}`}>
      <Icon name={NOTE_ICON[tone]} size={16} />
      <div>{children}</div>
    </div>
  );
}
