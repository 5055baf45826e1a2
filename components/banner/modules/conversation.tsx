/** A conversation with colleagues: what was written, the newest last, and a field to write. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import type { Offer } from '../../../lib/models/modules/offers.ts';
import { EMPTY } from '../../../lib/models/modules/panel.ts';
import { isNamed } from '../../../lib/models/modules/people.ts';
import { formatMoment } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';
import { usePanel } from './context.ts';
import { Blank, Line } from './state.tsx';
import { stateText, verbName } from './words.ts';

interface Message {
  readonly at: number;
  readonly by: string;
  readonly mine: boolean;
  readonly text: string;
}

/** What the details of a conversation say, as far as it can be read. */
function messagesOf({ values }: ModuleRow): readonly Message[] {
  const all = values['messages'];
  if (!Array.isArray(all)) return [];
  return all.flatMap((each: Readonly<Record<string, unknown>>) =>
    typeof each?.['text'] === 'string' && typeof each['at'] === 'number'
      ? [{ at: each['at'], text: each['text'], mine: each['mine'] === true, by: isNamed(each['by']) ? each['by'].name : '' }]
      : [],
  );
}

export function Conversation({ row, offers }: { row: ModuleRow; offers: readonly Offer[] }) {
  const { banner } = useParts();
  const { model } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const messages = messagesOf(row);
  // The newest is what one came for.
  useLayoutEffect(() => root.current!.closest('.over')?.scrollTo({ top: 1e6 }), [messages.length]);
  const now = banner.hubNow.peek();
  const write = offers.find(({ verb }) => verb.does === 'write');
  return (
    <div class="conversation" ref={root}>
      {messages.length === 0 && model.detailed.value && <Blank icon="messages-square" title={t('ui.nothing')} text={t('modulePanel.noMessages')} />}
      <ol aria-label={t('modulePanel.messages')}>
        {messages.map(({ at, by, mine, text }, index) => (
          <li key={`${at} ${index}`} data-mine={mine}>
            <small>
              {t('modulePanel.messageBy', mine ? t('modulePanel.me') : by, formatMoment(at, now))}
            </small>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ol>
      {write && <Write offer={write} row={row} />}
    </div>
  );
}

function Write({ offer, row }: { offer: Offer; row: ModuleRow }) {
  const { banner } = useParts();
  const { model } = usePanel();
  const draft = model.drafts.value[row.id] ?? EMPTY;
  const { verb, decision } = offer;
  const busy = model.deeds.pending.value.get(row.id) === verb;
  const why = stateText(offer, banner.view.value.active?.name ?? '');
  const most = verb.form?.find(({ id }) => id === 'text')?.max ?? 4000;
  const send = () => {
    if (decision.enabled && !busy) void model.write(verb, row);
  };
  return (
    <>
      {draft.problem && (
        <Line tone="bad" icon="circle-alert">
          {problemText(draft.problem, banner.view.value.active?.name ?? '')}
        </Line>
      )}
      <div class="write">
        <textarea
          class="field"
          rows={1}
          aria-label={t('modulePanel.message')}
          placeholder={t('modulePanel.message')}
          maxLength={most}
          value={draft.text}
          onInput={({ currentTarget }) => model.draft(row.id, currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            if (event.isTrusted) send();
          }}
        />
        <button
          type="button"
          class="icon-button send"
          data-control={verb.control}
          data-state={decision.state}
          aria-label={verbName(verb)}
          data-tip={[verbName(verb), why].filter(Boolean).join(' · ')}
          aria-disabled={!decision.enabled || draft.text.trim() === ''}
          aria-busy={busy || undefined}
          onClick={trusted(send)}
        >
          <Icon name={busy ? 'loader-circle' : 'send'} size={18} class={busy ? 'spin' : ''} />
        </button>
      </div>
      {why && <p class="why-locked">{why}</p>}
    </>
  );
}
