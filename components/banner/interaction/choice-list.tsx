/** One of several to choose, with a search once there are many. */
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Problem } from '../../../lib/api/problem.ts';
import { finder } from '../../../lib/search.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { problemText } from '../words.ts';

export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly note?: string | undefined;
  /** Of a person: whether they can take it now. */
  readonly free?: boolean | undefined;
}

interface Props {
  readonly label: string;
  /** Null while they are read. */
  readonly choices: readonly Choice[] | null;
  readonly problem?: Problem | null;
  readonly retry?: () => unknown;
  /** Said where there is nothing to choose. */
  readonly empty: string;
  readonly value: string | null;
  readonly onChoose: (id: string) => unknown;
}

/** From so many on one searches rather than looks. */
const MANY = 7;

export function ChoiceList({ label, choices, problem = null, retry, empty, value, onChoose }: Props) {
  const name = useId();
  const search = useSignal('');
  const list = useRef<HTMLDivElement>(null);
  const there = choices !== null;
  // Read after the dialog opened: who waits for it at the dialog's head has the keyboard here.
  useEffect(() => {
    if (list.current && document.hasFocus() && document.activeElement?.matches('[data-close], .surface')) list.current.querySelector('input')?.focus();
  }, [there]);
  if (choices === null) return problem ? <Failure problem={problem} retry={retry} /> : <p class="hint" role="status">{t('interaction.reading')}</p>;
  if (choices.length === 0) return <p class="hint">{empty}</p>;
  const finds = finder(search.value);
  const found = choices.filter((choice) => finds(choice.name));
  return (
    <>
      {choices.length >= MANY && (
        <input type="search" class="field" aria-label={t('interaction.search')} placeholder={t('interaction.search')} onInput={({ currentTarget }) => (search.value = currentTarget.value)} />
      )}
      <div class="choices" role="radiogroup" aria-label={label} ref={list}>
        {found.map((choice) => (
          <label class="row" key={choice.id} data-choice={choice.id}>
            <input type="radio" class="sr" name={name} value={choice.id} checked={choice.id === value} onChange={() => onChoose(choice.id)} />
            {choice.free !== undefined && <span class={`presence ${choice.free ? 'connected' : 'busy'}`} aria-hidden="true" />}
            <span class="grow">
              {choice.name}
              {choice.note && <small>{choice.note}</small>}
            </span>
            <Icon name="check" size={16} class={choice.id === value ? '' : 'invisible'} />
          </label>
        ))}
        {found.length === 0 && <p class="hint">{t('ui.notFound', search.value)}</p>}
      </div>
      {problem && <Failure problem={problem} retry={retry} />}
    </>
  );
}

export const isPreview = ({ code }: Pick<Problem, 'code'>): boolean => code === 'client.preview';

export function Failure({ problem, retry }: { problem: Problem; retry?: (() => unknown) | undefined }) {
  // Nothing went wrong there, and nothing would come of trying again.
  const preview = isPreview(problem);
  return (
    <p class={preview ? 'notice' : 'trouble'} role="alert" data-problem={problem.code}>
      {problemText(problem, '')}{' '}
      {retry && !preview && (
        <button type="button" class="link" onClick={() => retry()}>
          {t('banner.tryAgain')}
        </button>
      )}
    </p>
  );
}
