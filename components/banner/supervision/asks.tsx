/** What people ask for: granted for their interaction, for today, or declined, with a word if one likes. */
import { useSignal } from '@preact/signals';
import type { GrantSpan, WatchedAsk } from '../../../lib/api/shapes-supervision.ts';
import { controlById } from '../../../lib/catalogue/index.ts';
import { clockTime, t, tn } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';
import { useSupervising } from './context.ts';

export function Asks() {
  const asks = useSupervising().state.value!.asks;
  if (asks.length === 0) return null;
  return (
    <section class="sup-asks" aria-label={t('sup.asks.title')}>
      <h3>{tn('sup.asks.count', asks.length)}</h3>
      <ul>
        {asks.map((ask) => (
          <Ask key={ask.id} ask={ask} />
        ))}
      </ul>
    </section>
  );
}

function Ask({ ask }: { ask: WatchedAsk }) {
  const model = useSupervising();
  const { banner } = useParts();
  const note = useSignal('');
  const { id, name, control, at, mayGrant } = ask;
  const doing = model.doing.value.get(id);
  const busy = doing?.problem === null;
  const what = t(controlById.get(control)?.label ?? control);
  const answer = (grant: GrantSpan | null) => trusted(() => !busy && (grant === null || mayGrant) && model.answer(id, grant, note.peek()));
  return (
    <li data-ask={id}>
      <p>
        <strong>{t('sup.asks.line', name, what)}</strong> <small>{clockTime(at)}</small>
      </p>
      {ask.note && <p class="sup-note">{t('sup.asks.note', ask.note)}</p>}
      {!mayGrant && <p class="hint">{t('sup.asks.notYours')}</p>}
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
        <button type="button" class="button primary" data-grant="interaction" aria-disabled={busy || !mayGrant} aria-busy={busy || undefined} onClick={answer('interaction')}>
          {t('sup.asks.interaction')}
        </button>
        <button type="button" class="button" data-grant="today" aria-disabled={busy || !mayGrant} onClick={answer('today')}>
          {t('sup.asks.today')}
        </button>
        <button type="button" class="button" data-grant="none" aria-disabled={busy} onClick={answer(null)}>
          {t('sup.asks.decline')}
        </button>
      </div>
    </li>
  );
}
