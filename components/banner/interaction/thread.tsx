/** What was written, the newest at the end, and the answer. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { InteractionView } from '../../../lib/api/interaction.ts';
import type { Problem } from '../../../lib/api/problem.ts';
import type { Whole } from '../../../lib/models/interaction/hub.ts';
import { Button } from '../../ui/button.tsx';
import { clockTime, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { Failure } from './choice-list.tsx';
import { useInteractions } from './context.ts';

interface Props {
  readonly interaction: InteractionView;
  readonly whole: { readonly value: Whole | null; readonly problem: Problem | null; readonly refresh: () => Promise<void> };
}

/** Answers not sent yet, by interaction: looking at another one loses none. */
const drafts = new Map<string, string>();

export function Thread({ interaction, whole }: Props) {
  const { banner } = useParts();
  const list = useRef<HTMLOListElement>(null);
  const offset = banner.view.value.state?.clockOffset ?? 0;
  const count = whole.value?.thread.length ?? 0;
  useLooking(interaction, whole.value);
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [count]);
  return (
    <>
      {whole.value === null && whole.problem === null && <p class="hint" role="status">{t('interaction.reading')}</p>}
      {whole.problem && <Failure problem={whole.problem} retry={whole.refresh} />}
      {whole.value && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is in reach of the keyboard
        <ol class="thread" ref={list} tabIndex={0} aria-label={t('interaction.thread')}>
          {whole.value.thread.map(({ id, at, by, mine, text }) => (
            <li key={id ?? `${at} ${by} ${text}`} class={mine ? 'mine' : ''}>
              <small>
                <bdi>{mine ? t('interaction.you') : by || t('interaction.fact.customer')}</bdi> · {clockTime(at - offset)}
              </small>
              <p dir="auto">{text}</p>
            </li>
          ))}
        </ol>
      )}
      {interaction.phase === 'live' && <Reply interaction={interaction} sent={whole.refresh} />}
    </>
  );
}

/** Tells the hub, and so every tab, that what is here was looked at, once it is: in a tab behind others nobody looks. */
function useLooking({ id, unread }: InteractionView, whole: Whole | null): void {
  const { hub } = useInteractions();
  const to = Math.max(0, ...(whole?.thread ?? []).map(({ id: written = 0 }) => written));
  useEffect(() => {
    const look = () => {
      if (unread && to > 0 && document.visibilityState === 'visible') void hub.markRead(id, to);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
    // Each time it was read again: what could not be told is told then.
  }, [id, unread, whole]);
}

function Reply({ interaction: { id, channel, state }, sent }: { interaction: InteractionView; sent: () => unknown }) {
  const { hub } = useInteractions();
  const field = useId();
  const text = useSignal(drafts.get(id) ?? '');
  const busy = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const type = (next: string) => {
    text.value = next;
    drafts.set(id, next);
  };
  const send = async () => {
    if (busy.value || text.value.trim() === '') return;
    busy.value = true;
    const answer = await hub.sendMessage(id, text.value.trim());
    busy.value = false;
    problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    type('');
    drafts.delete(id);
    void sent();
  };
  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault();
        if (event.isTrusted) void send();
      }}
    >
      <label class="sr" for={field}>
        {t(`interaction.reply.${channel === 'email' ? 'email' : 'messages'}`)}
      </label>
      <textarea
        id={field}
        class="field"
        rows={channel === 'email' ? 5 : 2}
        maxLength={20_000}
        dir="auto"
        placeholder={t(`interaction.reply.${channel === 'email' ? 'email' : 'messages'}`)}
        value={text.value}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !event.isTrusted) return;
          event.preventDefault();
          void send();
        }}
      />
      {problem.value && <Failure problem={problem.value} />}
      <div class="dialog-foot">
        <small class="secondary">{t('interaction.reply.keys')}</small>
        <Button
          type="submit"
          tone="primary"
          icon="send-horizontal"
          busy={busy.value}
          disabledReason={state !== 'live' ? t('reason.interaction.live') : text.value.trim() === '' ? t('interaction.reply.first') : null}
          data-submit=""
        >
          {t('interaction.reply.send')}
        </Button>
      </div>
    </form>
  );
}
