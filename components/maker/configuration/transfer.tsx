/** Profiles into a file and out of one. */
import type { Problem } from '../../../lib/api/problem.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { type Imported, issueWords, missingByProfile, type PlacePart, placeInFile, readProfilesFile } from '../../../lib/models/maker/transfer-profiles.ts';
import { Icon } from '../../ui/icon.tsx';
import { problemText } from '../../ui/problem.ts';
import { Note } from '../../ui/states.tsx';
import { names, t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { fieldPath } from '../field-path.ts';
import type { FileError } from './file-errors.tsx';
import { ImportFileDialog, type Tried } from './import-dialog.tsx';

export { exportProfiles } from './export-profiles.ts';

export function ImportDialog({ onClose }: { onClose: () => unknown }) {
  const { queries } = useMaker();
  const ask = async (file: unknown, dryRun: boolean): Promise<Tried<Imported>> => {
    const answer = await queries.write('importProfiles', { body: { file, dryRun } }, { stale: dryRun ? [] : ['listProfiles'] });
    return answer.ok ? { ok: true, value: answer.value.value } : { ok: false, errors: errorsOf(answer.problem, file) };
  };
  return (
    <ImportFileDialog
      title={t('makerTransfer.profiles.title')}
      accept="application/json,.json"
      hint={t('makerTransfer.profiles.hint')}
      read={readFile}
      ask={ask}
      would={(_, would) => <Would would={would} />}
      put={({ profiles }) => ({ label: tn('makerTransfer.profiles.put', profiles.length) })}
      made={(made) => <Made made={made} />}
      onClose={onClose}
    />
  );
}

function readFile(text: string): Tried<unknown> {
  const found = readProfilesFile(text);
  return found.ok ? { ok: true, value: found.file } : { ok: false, errors: [{ place: t('makerTransfer.place.file'), text: t(`makerTransfer.file.${found.code}`) }] };
}

function Would({ would }: { would: Imported }) {
  return (
    <>
      <p>{tn('makerTransfer.profiles.would', would.profiles.length)}</p>
      <ul class="transfer-list">
        {would.profiles.map(({ name }) => (
          <li key={name}>
            <Icon name="id-card" size={16} />
            {name}
          </li>
        ))}
      </ul>
      <Missing missing={would.missing} />
      <p class="secondary">{t('makerTransfer.profiles.drafts')}</p>
    </>
  );
}

function Made({ made }: { made: Imported }) {
  return (
    <>
      <Note tone="good">
        <p role="status">{tn('makerTransfer.profiles.made', made.profiles.length)}</p>
      </Note>
      <ul class="transfer-list">
        {made.profiles.map(({ id, name }) => (
          <li key={name}>
            <Icon name="id-card" size={16} />
            {id === null ? name : <a href={hrefOf({ page: 'profile', profileId: id, tab: 'settings', subTab: null })}>{name}</a>}
          </li>
        ))}
      </ul>
      <Missing missing={made.missing} />
    </>
  );
}

function Missing({ missing }: Pick<Imported, 'missing'>) {
  if (missing.length === 0) return null;
  return (
    <Note tone="warn">
      <p>{tn('makerTransfer.profiles.missing', missing.length)}</p>
      <ul class="transfer-missing">
        {missingByProfile(missing).map(({ profile, tabs }) => (
          <li key={profile}>
            <strong>{profile}</strong>
            {tabs.map(({ tab, names: those }) => (
              <span key={tab}>{t('makerTransfer.profiles.missingTab', t(`tab.${tab}`), names(those, 12))}</span>
            ))}
          </li>
        ))}
      </ul>
    </Note>
  );
}

function saidOf(message: string): string {
  const said = issueWords(message);
  return said ? t(`makerTransfer.issue.${said.key}`, ...said.values) : message;
}

/** Each thing wrong with its place in words; without places the problem itself. */
function errorsOf(problem: Problem, file: unknown): readonly FileError[] {
  const words = (parts: readonly PlacePart[]) => parts.map((part) => ('key' in part ? t(part.key) : part.text)).join(' → ');
  const issues = (problem.issues ?? []).map(({ path, message }) => ({ place: words(placeInFile(path, file)), text: saidOf(message) }));
  const lacking = [...new Set((problem.fields ?? []).map(fieldPath))].map((place) => ({ place, text: t('makerTransfer.profiles.lacking') }));
  const all = [...issues, ...lacking];
  return all.length > 0 ? all : [{ place: t('makerTransfer.place.file'), text: problemText(problem) }];
}
