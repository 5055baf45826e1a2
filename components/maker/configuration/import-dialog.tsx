/** A file is read, checked by the hub without a trace, shown as what it would do, and only then brought in. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { FileDrop } from './file-drop.tsx';
import { type FileError, FileErrors } from './file-errors.tsx';
import './transfer.css';

export type Tried<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FileError[] };

export interface ImportSteps<File, Answer> {
  readonly title: string;
  readonly accept: string;
  readonly hint: string;
  /** Below the place for the file. */
  readonly help?: ComponentChildren;
  readonly read: (text: string) => Tried<File>;
  /** @param dryRun only says what it would do */
  readonly ask: (file: File, dryRun: boolean) => Promise<Tried<Answer>>;
  readonly would: (file: File, answer: Answer) => ComponentChildren;
  readonly put: (answer: Answer) => { readonly label: string; readonly disabledReason?: string | null };
  readonly made: (answer: Answer) => ComponentChildren;
  readonly onClose: () => unknown;
}

type Stage<File, Answer> =
  | { readonly at: 'choose'; readonly errors: readonly FileError[] }
  | { readonly at: 'checking' }
  | { readonly at: 'checked' | 'importing'; readonly file: File; readonly answer: Answer }
  | { readonly at: 'done'; readonly answer: Answer };

export function ImportFileDialog<File, Answer>(steps: ImportSteps<File, Answer>) {
  const stage = useSignal<Stage<File, Answer>>({ at: 'choose', errors: [] });
  const { value } = stage;
  const refuse = ({ errors }: { errors: readonly FileError[] }) => (stage.value = { at: 'choose', errors });

  const read = async (text: string) => {
    const file = steps.read(text);
    if (!file.ok) return refuse(file);
    stage.value = { at: 'checking' };
    const would = await steps.ask(file.value, true);
    return would.ok ? (stage.value = { at: 'checked', file: file.value, answer: would.value }) : refuse(would);
  };
  const put = async () => {
    if (value.at !== 'checked') return;
    stage.value = { ...value, at: 'importing' };
    const made = await steps.ask(value.file, false);
    if (made.ok) stage.value = { at: 'done', answer: made.value };
    else refuse(made);
  };
  return (
    // Another dialog at each step, so that the keyboard begins in it anew: what it was on is gone.
    <Dialog key={value.at === 'importing' ? 'checked' : value.at} title={steps.title} onClose={steps.onClose} actions={<Actions stage={value} steps={steps} onPut={put} onAgain={() => refuse({ errors: [] })} />}>
      {value.at === 'choose' && (
        <>
          {value.errors.length > 0 && <FileErrors errors={value.errors} />}
          <FileDrop accept={steps.accept} hint={steps.hint} onText={(text) => void read(text)} />
          {steps.help}
        </>
      )}
      {value.at === 'checking' && <Loading label={t('makerTransfer.checking')} />}
      {(value.at === 'checked' || value.at === 'importing') && steps.would(value.file, value.answer)}
      {value.at === 'done' && steps.made(value.answer)}
    </Dialog>
  );
}

interface ActionsProps<File, Answer> {
  readonly stage: Stage<File, Answer>;
  readonly steps: ImportSteps<File, Answer>;
  readonly onPut: () => unknown;
  readonly onAgain: () => unknown;
}

function Actions<File, Answer>({ stage, steps, onPut, onAgain }: ActionsProps<File, Answer>) {
  if (stage.at === 'done') {
    return (
      <Button tone="primary" onPress={steps.onClose}>
        {t('ui.close')}
      </Button>
    );
  }
  const put = stage.at === 'checked' || stage.at === 'importing' ? steps.put(stage.answer) : null;
  return (
    <>
      {stage.at === 'checked' && (
        <Button tone="plain" onPress={onAgain}>
          {t('makerTransfer.other')}
        </Button>
      )}
      <Button onPress={steps.onClose}>{t('common.cancel')}</Button>
      {put && (
        <Button tone="primary" busy={stage.at === 'importing'} disabledReason={put.disabledReason ?? null} onPress={onPut}>
          {put.label}
        </Button>
      )}
    </>
  );
}
