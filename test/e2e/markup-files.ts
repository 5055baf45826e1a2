/** Files to import, with markup in all that they say: some that are refused, and why, and one that is taken. */
import { DOCUMENT_SCHEMA, type ProfileDocument } from '../../lib/catalogue/index.ts';
import { csvOf } from '../../lib/csv.ts';
import { TRANSFER_FORMAT } from '../../lib/profile/transfer.ts';
import type { Markup } from './markup.ts';

export interface ImportedFile {
  readonly name: string;
  readonly text: string;
  /** What is to be seen once it was read. */
  readonly places: readonly string[];
}

/** A text for a cell, and what of it a file is to show. */
function createWriter(markup: Markup) {
  const places: string[] = [];
  return {
    places,
    of(what: string, most?: number): string {
      places.push(`file.${what}`);
      return markup.of(`file.${what}`, most);
    },
  };
}

/** Refused for its columns, for its cells, and by the hub. */
export function peopleFiles(markup: Markup): readonly ImportedFile[] {
  const fileOf = (name: string, rowsOf: (of: (what: string) => string) => readonly (readonly string[])[]): ImportedFile => {
    const { of, places } = createWriter(markup);
    return { name: `${name}.csv`, text: csvOf(rowsOf(of)), places };
  };
  return [
    fileOf('columns', (of) => [['name', 'email', of('column')], ['Ana Ruiz', 'ana@example.com', '']]),
    fileOf('cells', (of) => {
      const twice = of('email twice');
      return [['name', 'email', 'licence', 'type'], ['Ana Ruiz', twice, of('licence'), of('type')], ['Ana Ruiz', twice, '', '']];
    }),
    fileOf('unknown', (of) => [['name', 'email', 'profiles', 'teams'], [of('person'), of('email'), of('profile'), of('team')]]),
  ];
}

/** As the schema of files has it. */
const NAME_OF_PROFILE = 80;

/** Refused for what it says, and one that is taken without a row that is not here. */
export function profileFiles(markup: Markup, document: ProfileDocument): readonly ImportedFile[] {
  const fileOf = (name: string, change: (of: (what: string) => string) => { readonly row: object; readonly settings?: object }): ImportedFile => {
    const { of, places } = createWriter(markup);
    const id = crypto.randomUUID();
    const { row, settings } = change(of);
    const profile = {
      name: of('profile', NAME_OF_PROFILE),
      document: { ...document, settings: { ...document.settings, ...settings }, configuration: { ...document.configuration, queues: { rows: [{ id, ...row }] } } },
      resources: { [id]: { kind: 'queue', name: of('row') } },
    };
    return { name: `${name}.json`, text: JSON.stringify({ format: TRANSFER_FORMAT, schema: DOCUMENT_SCHEMA, profiles: [profile] }), places };
  };
  return [
    fileOf('wrong', (of) => ({ row: { scoreMessages: of('score') }, settings: { 'history.access': of('setting') } })),
    fileOf('taken', () => ({ row: {} })),
  ];
}
