/** A difference, line by line: what is granted, what is taken away, what is only another value. */
import type { ComponentChildren } from 'preact';
import type { WordGroup, WordLine } from '../../../lib/profile/words.ts';
import { t } from '../../ui/text.ts';
import { FoldedLines } from './folded-lines.tsx';
import { SettingLink } from './links.tsx';

interface Props {
  readonly groups: readonly WordGroup[];
  /** Where the lines lead; null where they lead nowhere: a version of the past. */
  readonly profileId: string | null;
  readonly onGo?: (() => unknown) | undefined;
  /** What else there is to say of a line. */
  readonly note?: ((line: WordLine) => ComponentChildren) | undefined;
}

const SIGN = { granted: '+', taken: '−', changed: '~' } as const;

export function ChangeList({ groups, profileId, onGo, note }: Props) {
  return (
    <div class="changes">
      {groups.map((group) => (
        <div key={group.id} data-group={group.id}>
          <p class="group-name" aria-hidden="true">
            {group.title}
          </p>
          <FoldedLines
            label={group.title}
            items={group.lines}
            itemKey={({ id }) => id}
            isTall={(line) => line.was !== null || Boolean(note?.(line))}
            render={(line) => <Line line={line} profileId={profileId} onGo={onGo} note={note} />}
          />
        </div>
      ))}
    </div>
  );
}

function Line({ line, profileId, onGo, note }: Omit<Props, 'groups'> & { line: WordLine }) {
  return (
    <div class={`change ${line.effect}`} data-line={line.id} data-effect={line.effect}>
      <span class="sign" aria-hidden="true">
        {SIGN[line.effect]}
      </span>
      <span class="said">
        <span class="sr">{t(`makerPublish.effect.${line.effect}`)}</span>
        {profileId === null ? (
          <span class="name">{line.name}</span>
        ) : (
          <SettingLink profileId={profileId} setting={line.setting} class="name" onGo={onGo}>
            {line.name}
          </SettingLink>
        )}
        <Values line={line} />
        {note?.(line)}
      </span>
    </div>
  );
}

function Values({ line: { was, is } }: { line: WordLine }) {
  if (was === null || is === null) return null;
  return (
    <span class="values">
      <span class="sr">{t('makerPublish.was')} </span>
      <del>{was}</del>
      <span aria-hidden="true" class="to">
        →
      </span>
      <span class="sr"> {t('makerPublish.is')} </span>
      <ins>{is}</ins>
    </span>
  );
}
