/** What every field on the page is drawn with. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReadonlySignal } from '@preact/signals';
import type { Resources } from '../../../lib/catalogue/index.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';

export interface FieldPage {
  readonly editor: Editor;
  readonly resources: ReadonlySignal<Resources>;
  /** What is searched for, to be marked where it is found. */
  readonly query: ReadonlySignal<string>;
}

const Context = createContext<FieldPage | null>(null);
export const FieldPageContext = Context.Provider;

export function useFieldPage(): FieldPage {
  const page = useContext(Context);
  if (!page) throw new Error('a field is drawn outside of a profile');
  return page;
}
