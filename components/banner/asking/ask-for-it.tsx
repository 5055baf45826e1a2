/** "Ask for it", beside a reason that a supervisor could do something about. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Problem } from '../../../lib/api/problem.ts';
import { controlById } from '../../../lib/catalogue/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { problemText } from '../../ui/problem.ts';
import { clockTime, t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { askingIn } from './model.ts';

/** As long as the hub takes. */
const MOST_NOTE = 200;

interface Props {
  readonly control: string;
  readonly name: string;
  /** Begins with its form open. */
  readonly opened?: boolean;
}

export function AskForIt({ control, name, opened = false }: Props) {
  const { banner } = useParts();
  const asking = askingIn(banner);
  const open = useSignal(opened);
  const state = asking.stateOf.value(control);
  const refused = asking.problem.value?.control === control ? asking.problem.value.problem : null;
  if (state.kind === 'none') return null;
  if (state.kind === 'waiting') {
    return (
      <div class="ask" data-ask-for={control}>
        <p class="asked" role="status">
          {t('ask.waiting', clockTime(state.since))}
        </p>
        {refused && <Refused problem={refused} />}
        <Withdraw id={state.id} control={control} />
      </div>
    );
  }
  const busy = state.kind === 'sending';
  const send = async (note: string) => {
    if (await asking.ask(control, note)) open.value = false;
  };
  return (
    <div class="ask" data-ask-for={control}>
      {state.kind === 'open' && state.declinedAt !== null && <p class="asked">{t('ask.declined', clockTime(state.declinedAt))}</p>}
      {refused && <Refused problem={refused} />}
      {open.value ? (
        <Form name={name} busy={busy} send={send} leave={() => (open.value = false)} />
      ) : (
        <button type="button" class="ask-button" aria-label={t('ask.for', name)} onClick={() => (open.value = true)}>
          {t('ask.it')}
        </button>
      )}
    </div>
  );
}

const Refused = ({ problem }: { problem: Problem }) => (
  <p class="trouble" role="alert">
    {problemText(problem)}
  </p>
);

/** Beside what was asked for, wherever that is said. */
export function Withdraw({ id, control }: { id: string; control: string }) {
  const { banner } = useParts();
  const asking = askingIn(banner);
  const state = asking.stateOf.value(control);
  const busy = state.kind === 'waiting' && state.leaving;
  const own = useRef<HTMLButtonElement>(null);
  // It goes once it has done its work: the keyboard stays where it can be asked again, or with the list it stood in.
  useLayoutEffect(() => {
    const button = own.current!;
    return () => {
      if (document.activeElement !== button) return;
      const [row, list, around] = [button.closest('[data-locked], [data-missing]'), button.closest('.happened'), button.closest('.surface')];
      const next = () => row?.querySelector('.ask-button') ?? (list?.isConnected ? list.querySelector('summary') : null) ?? around?.querySelector('input');
      requestAnimationFrame(() => (next() as HTMLElement | null | undefined)?.focus());
    };
  }, []);
  return (
    <button
      ref={own}
      type="button"
      class="ask-button"
      data-withdraw={control}
      aria-label={t('ask.withdrawNamed', t(controlById.get(control)?.label ?? control))}
      aria-disabled={busy}
      aria-busy={busy || undefined}
      onClick={trusted(() => !busy && asking.withdraw({ id, control }))}
    >
      {t('ask.withdraw')}
    </button>
  );
}

interface FormProps {
  readonly name: string;
  readonly busy: boolean;
  readonly send: (note: string) => Promise<unknown>;
  readonly leave: () => void;
}

function Form({ name, busy, send, leave }: FormProps) {
  const note = useSignal('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const leaveByEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Only the form: the list around it stays.
    event.preventDefault();
    leave();
  };
  return (
    <form
      class="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        trusted(() => !busy && send(note.peek()))(event);
      }}
    >
      <label>
        <span>{t('ask.note', name)}</span>
        <input ref={input} class="field" maxLength={MOST_NOTE} value={note.value} onInput={({ currentTarget }) => (note.value = currentTarget.value)} onKeyDown={leaveByEscape} />
      </label>
      <button type="submit" class="button primary" aria-disabled={busy} aria-busy={busy || undefined}>
        {busy && <Icon name="loader-circle" size={14} class="spin" />}
        {t('ask.send')}
      </button>
    </form>
  );
}
