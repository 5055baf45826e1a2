/** Where a file is chosen or dropped: the browser's own field, which takes a drop too, laid over the whole of it. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';

interface FileDropProps {
  /** As the attribute of an input has it. */
  readonly accept: string;
  readonly hint: string;
  readonly onText: (text: string, name: string) => unknown;
}

export function FileDrop({ accept, hint, onText }: FileDropProps) {
  const id = useId();
  const over = useSignal(false);
  const read = async (file: File | undefined | null) => {
    if (file) onText(await file.text(), file.name);
  };
  return (
    <label class="file-drop" for={id} data-over={over.value}>
      <Icon name="file-up" size={24} />
      <span class="choose">{t('makerTransfer.choose')}</span>
      <small>{hint}</small>
      <input
        id={id}
        type="file"
        accept={accept}
        data-autofocus=""
        onDragEnter={() => (over.value = true)}
        onDragLeave={() => (over.value = false)}
        onDrop={() => (over.value = false)}
        onChange={({ currentTarget }) => {
          void read(currentTarget.files?.[0]);
          // The same file may be chosen again, mended.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
