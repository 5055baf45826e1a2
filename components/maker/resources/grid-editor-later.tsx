/** The editor of a grid's criteria: loaded when the first grid is opened. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Loading } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import type { ResourceForm } from './resource-panel.tsx';

export interface GridEditorProps {
  readonly form: ResourceForm;
  /** The attribute that holds the sections. */
  readonly field: string;
  readonly reason: string | null;
}

const loaded = signal<typeof import('./grid-editor.tsx') | null>(null);
const failed = signal(false);

async function load(): Promise<void> {
  failed.value = false;
  try {
    loaded.value = await import('./grid-editor.tsx');
  } catch {
    // The extension was updated under this page.
    failed.value = true;
  }
}

export function GridEditorLater(props: GridEditorProps) {
  useEffect(() => {
    if (!loaded.peek()) void load();
  }, []);
  if (loaded.value) return <loaded.value.GridEditor {...props} />;
  if (!failed.value) return <Loading label={t('ui.loading')} />;
  return (
    <div role="alert">
      <p>{t('maker.loadFailed')}</p>
      <Button onPress={() => globalThis.location.reload()}>{t('maker.reload')}</Button>
    </div>
  );
}
