/** Why the hub refused a publish, with the way to what it names. */
import type { Problem } from '../../../lib/api/problem.ts';
import { settingWords } from '../../../lib/profile/words.ts';
import { problemText } from '../../ui/problem.ts';
import { Note } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { SettingLink } from './links.tsx';

interface Props {
  readonly problem: Problem;
  readonly profileId: string;
  readonly onGo?: () => unknown;
}

const wordsOf = (field: string): string => settingWords(field, (key, substitutions = []) => t(key, ...substitutions));

/** More than this are not named one by one. */
const MOST = 6;

export function PublishProblem({ problem, profileId, onGo }: Props) {
  // Of many rows of a tab that say the same, one.
  const fields = [...new Map((problem.fields ?? []).map((field) => [wordsOf(field), field])).values()];
  return (
    <div role="alert" data-problem={problem.code}>
      <Note tone="bad">
        <p>{problemText(problem)}</p>
        {fields.length > 0 && (
          <ul class="problem-fields">
            {fields.slice(0, MOST).map((field) => (
              <li key={field}>
                <SettingLink profileId={profileId} setting={field} onGo={onGo}>
                  {wordsOf(field)}
                </SettingLink>
              </li>
            ))}
            {fields.length > MOST && <li>{t('makerPublish.andMore', fields.length - MOST)}</li>}
          </ul>
        )}
      </Note>
    </div>
  );
}
