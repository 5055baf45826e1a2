/** What people ask for: granted for their interaction, for today, or declined, with a word if one likes. */
import { useSignal } from '@preact/signals';
import type { GrantSpan, WatchedAsk } from '../../../lib/api/shapes-supervision.ts';
import { controlById } from '../../../lib/catalogue/index.ts';
import { endOfDay, ownTimeZone } from '../../../lib/supervision/day.ts';
import { clockTime, t, tn } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';
import { useSupervising } from './context.ts';

export function Asks() {
  const { waiting, late } = useSupervising().asks.value;
  if (waiting.length + late.length === 0) return null;
  return (
    <section class="sup-asks" aria-label={t('sup.asks.title')}>
      <h3>{waiting.length === 0 ? t('sup.asks.title') : tn('sup.asks.count', waiting.length)}</h3>
      <ul>
        {late.map((ask) => (
          <Late key={ask.id} ask={ask} />
        ))}
        {waiting.map((ask) => (
          <Ask key={ask.id} ask={ask} />
        ))}
      </ul>
    </section>
  );
}

const nameOf = (control: string) => t(controlById.get(control)?.label ?? control);

/** Answered too late: why stays until it is read, though there is nothing to answer any more. */
function Late({ ask: { id, name, control } }: { ask: WatchedAsk }) {
  const model = useSupervising();
  const { banner } = useParts();
  const problem = model.doing.value.get(id)?.problem;
  return (
    <li data-late={id}>
      <p>
        <strong>{t('sup.asks.gone', name, nameOf(control))}</strong>
      </p>
      {problem && (
        <p class="trouble" role="alert">
          {problemText(problem, banner.view.value.active?.name ?? '')}
        </p>
      )}
      <div class="sup-buttons">
        <button type="button" class="button" onClick={trusted(() => model.noted(id))}>
          {t('sup.asks.noted')}
        </button>
      </div>
    </li>
  );
}

function Ask({ ask }: { ask: WatchedAsk }) {
  const model = useSupervising();
  const { banner } = useParts();
  const note = useSignal('');
  const { id, name, control, at, mayGrant, interactionOver, dayEnds } = ask;
  const doing = model.doing.value.get(id);
  const busy = doing?.problem === null;
  /** Said where their day is not the supervisor's own. */
  const elsewhere = dayEnds !== undefined && dayEnds !== endOfDay(banner.hubNow.peek(), ownTimeZone());
  const may = { interaction: mayGrant && !interactionOver, today: mayGrant } satisfies Record<GrantSpan, boolean>;
  const answer = (grant: GrantSpan | null) => trusted(() => !busy && (grant === null || may[grant]) && model.answer(id, grant, note.peek()));
  return (
    <li data-ask={id}>
      <p>
        <strong>{t('sup.asks.line', name, nameOf(control))}</strong> <small>{clockTime(at)}</small>
      </p>
      {ask.note && <p class="sup-note">{t('sup.asks.note', ask.note)}</p>}
      {mayGrant && elsewhere && <p class="hint">{t('sup.asks.dayEnds', clockTime(dayEnds), name)}</p>}
      {!mayGrant && <p class="hint">{t('sup.asks.notYours')}</p>}
      {mayGrant && interactionOver && <p class="hint">{t('sup.asks.over')}</p>}
      {doing?.problem && (
        <p class="trouble" role="alert">
          {problemText(doing.problem, banner.view.value.active?.name ?? '')}
        </p>
      )}
      <label class="sup-why">
        <span>{t('sup.asks.answer', name)}</span>
        <input class="field" maxLength={200} value={note.value} onInput={({ currentTarget }) => (note.value = currentTarget.value)} />
      </label>
      <div class="sup-buttons">
        <button type="button" class="button primary" data-grant="interaction" aria-disabled={busy || !may.interaction} aria-busy={busy || undefined} onClick={answer('interaction')}>
          {t('sup.asks.interaction')}
        </button>
        <button type="button" class="button" data-grant="today" aria-disabled={busy || !may.today} onClick={answer('today')}>
          {t('sup.asks.today')}
        </button>
        <button type="button" class="button" data-grant="none" aria-disabled={busy} onClick={answer(null)}>
          {t('sup.asks.decline')}
        </button>
      </div>
    </li>
  );
}
