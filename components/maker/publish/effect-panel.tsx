/** What publishing the draft would do, beside the form at all times, and how far the published version has come. */
import { useModel } from '@preact/signals';
import { hrefOf } from '../../../lib/console/location.ts';
import { ImpactModel, keepersOf } from '../../../lib/models/maker/publish-impact.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { countsIn } from '../../../lib/models/maker/publish-receipts.ts';
import { linesOf, type WordLine } from '../../../lib/profile/words.ts';
import { formatNumber, formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { problemText } from '../../ui/problem.ts';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { ArrivalBar } from './arrival.tsx';
import { ChangeList } from './change-list.tsx';
import { effectOf } from './effect.ts';
import { Findings } from './findings.tsx';
import { FOR_EVERYONE } from './options.ts';
import { Affected } from './affected.tsx';
import { Pinned } from './pinned.tsx';
import './publish.css';

export function EffectPanel({ editor }: { editor: Editor }) {
  const { hub, clock, queries } = useMaker();
  const effect = effectOf(editor, queries);
  const model = useModel(() => new ImpactModel({ hub, clock, profileId: editor.profileId, document: effect.changed, options: FOR_EVERYONE, people: effect.people }));
  if (editor.load.value !== 'ready') return <aside class="effect-panel" aria-label={t('makerPublish.title')} aria-busy={editor.load.value === 'loading'} />;

  const impact = model.impact.value;
  const changed = effect.isChanged.value;
  const keeps = (line: WordLine) => {
    const keepers = impact && line.effect === 'taken' ? keepersOf(impact, line.setting) : 0;
    return keepers > 0 ? <small class="keeps">{tn('makerPublish.keep', keepers)}</small> : null;
  };
  return (
    <aside class="effect-panel" aria-label={t('makerPublish.title')}>
      <h2>{t('makerPublish.title')}</h2>
      <Numbers editor={editor} impact={impact} />
      {changed && model.problem.value && (
        <p class="behind" role="status">
          <Icon name="cloud-off" size={14} />
          {problemText(model.problem.value)} {t(impact ? 'makerPublish.lastKnown' : 'makerPublish.unknownImpact')}
        </p>
      )}
      {changed ? (
        <>
          <Summary groups={effect.groups.value} />
          <ChangeList groups={effect.groups.value} profileId={editor.profileId} note={keeps} />
          {impact && <Affected impact={impact} nameOf={effect.read.nameOf} behind={model.behind.value} />}
        </>
      ) : (
        <p class="same">
          <Icon name="circle-check" size={15} />
          {t(editor.published.value ? 'makerPublish.same' : 'makerPublish.sameNew')}
        </p>
      )}
      <Findings findings={effect.findings.value ?? []} profileId={editor.profileId} nameOf={effect.read.nameOf} />
      <Arrival editor={editor} />
      <Due editor={editor} />
    </aside>
  );
}

/** Of the answer where there is one, so that the numbers and the groups below them agree; else as the watch has them. */
function Numbers({ editor, impact }: { editor: Editor; impact: { people: number; online: number; inInteraction: number } | null }) {
  const watch = editor.watch.value;
  const summary = watch?.summary ?? editor.summary.value;
  const numbers = {
    online: impact?.online ?? summary?.online,
    inInteraction: impact?.inInteraction ?? watch?.now.inInteraction,
    people: impact?.people ?? summary?.people,
  };
  return (
    <p class="effect-numbers">
      {(['online', 'inInteraction', 'people'] as const).map((what) => {
        const people = numbers[what];
        return (
          <span key={what} data-number={what} data-people={people} data-tip={what === 'inInteraction' ? t('makerPublish.inInteractionTip') : undefined}>
            <strong>{people === undefined ? '–' : formatNumber(people)}</strong> {tn(`makerPublish.number.${what}`, people ?? 0)}
          </span>
        );
      })}
    </p>
  );
}

/** Said once for who hears the page: the lines themselves change too often. */
function Summary({ groups }: { groups: Parameters<typeof linesOf>[0] }) {
  const count = (effect: 'granted' | 'taken' | 'changed') => linesOf(groups, effect).length;
  return (
    <p class="sr" role="status">
      {t('makerPublish.summary', count('granted'), count('taken'), count('changed'))}
    </p>
  );
}

/** That something will happen by itself. */
function Due({ editor }: { editor: Editor }) {
  const dueAt = (editor.watch.value?.summary ?? editor.summary.value)?.dueAt;
  if (!dueAt) return null;
  return (
    <p class="due">
      <Icon name="calendar-clock" size={14} />
      <a href={hrefOf({ page: 'profile', profileId: editor.profileId, tab: 'versions', subTab: null })}>{t('makerPublish.due', formatTime(dueAt))}</a>
    </p>
  );
}

function Arrival({ editor }: { editor: Editor }) {
  const watch = editor.watch.value;
  const version = watch?.receipts.version ?? editor.summary.value?.version ?? null;
  if (version === null) {
    return (
      <section class="arrival-of">
        <h3>{t('makerPublish.neverPublished')}</h3>
      </section>
    );
  }
  const title = t('makerPublish.arrivalOf', version);
  return (
    <section class="arrival-of" aria-label={title}>
      <h3>{title}</h3>
      <ArrivalBar counts={watch && countsIn(watch)} label={title} people={watch?.summary.people} />
      {watch && <Pinned watch={watch} />}
    </section>
  );
}
