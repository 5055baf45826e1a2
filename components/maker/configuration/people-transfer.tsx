/** People into a file and out of one: CSV, as spreadsheets read and write it. */
import type { Problem } from '../../../lib/api/problem.ts';
import type { RouteAnswer } from '../../../lib/api/routes.ts';
import { csvOf } from '../../../lib/csv.ts';
import { type LineError, PEOPLE_COLUMNS, peopleRows, type PeopleFile, readPeople } from '../../../lib/models/maker/transfer-people.ts';
import { formatNumber } from '../../ui/format.ts';
import { problemText } from '../../ui/problem.ts';
import { Note } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { type Maker, useMaker } from '../context.ts';
import type { FileError } from './file-errors.tsx';
import { ImportFileDialog, type Tried } from './import-dialog.tsx';

type Counts = RouteAnswer<'importPeople'>;
type Good = Extract<PeopleFile, { readonly ok: true }>;

const STALE = ['listPeople', 'listTeams', 'listProfiles', 'listAssignments'] as const;

/** Gives the person a file of all people they may see. Says so, or what went wrong. */
export async function exportPeople({ hub, toasts, clock, download }: Pick<Maker, 'hub' | 'toasts' | 'clock' | 'download'>): Promise<void> {
  const answer = await hub.ask('exportPeople');
  if (!answer.ok) return toasts.say({ text: problemText(answer.problem), tone: 'bad' });
  const { people } = answer.value.value;
  download(`people-${new Date(clock.now()).toISOString().slice(0, 10)}.csv`, 'text/csv', csvOf(peopleRows(people)));
  toasts.say({ text: tn('makerTransfer.people.exported', people.length), tone: 'good' });
}

export function ImportPeopleDialog({ onClose }: { onClose: () => unknown }) {
  const { queries } = useMaker();
  const ask = async (file: Good, dryRun: boolean): Promise<Tried<Counts>> => {
    const answer = await queries.write('importPeople', { body: { people: [...file.people], dryRun } }, { stale: dryRun ? [] : STALE });
    return answer.ok ? { ok: true, value: answer.value.value } : { ok: false, errors: errorsOf(answer.problem, file) };
  };
  return (
    <ImportFileDialog
      title={t('makerTransfer.people.title')}
      accept="text/csv,.csv,.txt"
      hint={t('makerTransfer.people.hint')}
      help={<ColumnHelp />}
      read={readFile}
      ask={ask}
      would={(file, counts) => <WouldCounts file={file} counts={counts} />}
      put={({ added, changed }) => ({ label: t('makerTransfer.people.put'), disabledReason: added + changed === 0 ? t('makerTransfer.people.nothing') : null })}
      made={({ added, changed }) => (
        <Note tone="good">
          <p role="status">{t('makerTransfer.people.made', formatNumber(added), formatNumber(changed))}</p>
        </Note>
      )}
      onClose={onClose}
    />
  );
}

function readFile(text: string): Tried<Good> {
  const file = readPeople(text);
  return file.ok ? { ok: true, value: file } : { ok: false, errors: file.errors.map(lineError) };
}

function ColumnHelp() {
  return (
    <details>
      <summary>{t('makerTransfer.people.columns')}</summary>
      <dl class="transfer-columns">
        {PEOPLE_COLUMNS.map((column) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd>{t(`makerTransfer.people.column.${column}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function WouldCounts({ file, counts }: { file: Good; counts: Counts }) {
  const same = file.people.length - counts.added - counts.changed;
  return (
    <>
      <p>{tn('makerTransfer.people.would', file.people.length)}</p>
      <dl class="transfer-counts">
        {(['added', 'changed', 'same'] as const).map((what) => (
          <div key={what}>
            <dt>{t(`makerTransfer.people.${what}`)}</dt>
            <dd>{formatNumber(what === 'same' ? same : counts[what])}</dd>
          </div>
        ))}
      </dl>
      <p class="secondary">{t('makerTransfer.people.atOnce')}</p>
    </>
  );
}

const lineError = ({ line, code, values }: LineError): FileError => ({
  place: t('makerTransfer.place.line', line),
  text: t(`makerTransfer.wrong.${code}`, ...values),
});

/** What the hub says of a person of the list, said of the line they stand in. */
function errorsOf(problem: Problem, { people, lines }: Good): readonly FileError[] {
  const errors = (problem.issues ?? []).map(({ path: [list, index, column, at], message }): FileError => {
    const line = list === 'people' && typeof index === 'number' ? lines[index] : undefined;
    if (line === undefined) return { place: t('makerTransfer.place.file'), text: message };
    const person = people[index as number]!;
    const value = typeof column === 'string' ? (person as Readonly<Record<string, unknown>>)[column] : undefined;
    return {
      place: t('makerTransfer.place.person', line, person.name || person.email),
      text: saidOf(message, typeof column === 'string' ? column : null, String(Array.isArray(value) ? value[Number(at)] : (value ?? ''))),
    };
  });
  return errors.length > 0 ? errors : [{ place: t('makerTransfer.place.file'), text: problemText(problem) }];
}

/** By the column, in the reader's words; what has none is said as the hub says it. */
function saidOf(message: string, column: string | null, value: string): string {
  if (message.includes('archived')) return t('makerTransfer.hub.archived', value);
  if (message.includes('do not have')) return t('makerTransfer.hub.grant');
  if (message.includes('another line')) return t('makerTransfer.hub.twice', value);
  if (message.includes('cannot change')) return t('makerTransfer.hub.notYours', value);
  return column !== null && (PEOPLE_COLUMNS as readonly string[]).includes(column) ? t(`makerTransfer.hub.${column}`, value) : message;
}
