/** The form of one record while it is open; before what is typed in it is left, the page asks. */
import { useEffect, useMemo } from 'preact/hooks';
import { createRecordForm, type RecordEdges, type RecordForm } from '../../../../lib/models/maker/record-form.ts';
import type { Fields } from '../../../../lib/models/maker/record-merge.ts';
import { useMaker } from '../../context.ts';

export interface OpenRecord<T extends Fields> {
  readonly form: RecordForm<T>;
  /** What is typed is not asked about: the record is gone. */
  forget(): void;
}

/** @param key which record: another key is another form */
export function useRecordForm<T extends Fields>(key: string, edges: () => RecordEdges<T>): OpenRecord<T> {
  const { guard } = useMaker();
  const open = useMemo(() => ({ form: createRecordForm(edges()), gone: false }), [key]);
  useEffect(() => {
    void open.form.read();
    return guard({ dirty: () => !open.gone && open.form.dirty.peek() });
  }, [open]);
  return {
    form: open.form,
    forget: () => {
      open.gone = true;
    },
  };
}
