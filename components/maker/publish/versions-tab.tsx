/** Every version: who, when, why; what is different between any two; back to one of them in one step. */
import { useComputed, useModel, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { RouteAnswer } from '../../../lib/api/routes.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { PublishModel } from '../../../lib/models/maker/publish.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatAgo, formatTime } from '../../ui/format.ts';
import { Empty, Failed, Loading, RestFailed } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { useWhyNot } from '../reasons.ts';
import { RollBackDialog } from './roll-back-dialog.tsx';
import { ScheduleList } from './schedules.tsx';
import { VersionDiff } from './version-diff.tsx';
import './publish.css';

type Version = RouteAnswer<'listVersions'>['versions'][number];

export function VersionsTab({ editor }: { editor: Editor }) {
  const { queries } = useMaker();
  const params = { id: editor.profileId };
  const { read, list } = useMemo(() => ({ read: queries.read('listVersions', { params }), list: queries.read('listSchedules', { params }) }), [editor.profileId]);
  const publishing = useModel(() => new PublishModel(editor, queries));
  const versions = read.data.value?.versions ?? [];
  const schedules = list.data.value?.schedules ?? [];
  const current = editor.summary.value?.version ?? versions[0]?.version ?? null;
  const chosen = useSignal<readonly [number, number] | null>(null);
  const pair = useComputed((): readonly [number, number] | null => {
    const all = read.data.value?.versions ?? [];
    if (chosen.value) return chosen.value;
    return all.length > 1 ? [all[1]!.version, all[0]!.version] : null;
  });
  const rollingBack = useSignal<number | null>(null);

  if (read.problem.value && !read.data.value) return <Failed problem={read.problem.value} retry={() => void read.refresh()} />;
  if (!read.data.value) return <Loading label={t('makerVersions.reading')} />;
  return (
    <div class="versions-tab">
      <div class="versions-main">
        <RestFailed read={list} />
        {schedules.length > 0 && (
          <section class="schedules publish-card" aria-label={t('makerVersions.schedules')}>
            <h2>{t('makerVersions.schedules')}</h2>
            <ScheduleList schedules={schedules} publishing={publishing} />
          </section>
        )}
        {versions.length === 0 ? (
          <Empty icon="history" title={t('makerVersions.empty')} text={t('makerVersions.emptyText')} />
        ) : (
          <section class="version-list publish-card" aria-label={t('makerVersions.title')}>
            <h2>{t('makerVersions.title')}</h2>
            <ol>
              {versions.map((version) => (
                <VersionItem
                  key={version.version}
                  version={version}
                  current={version.version === current}
                  compared={pair.value?.includes(version.version) ?? false}
                  onCompare={current === null || version.version === current ? null : () => (chosen.value = [version.version, current])}
                  onRollBack={version.version === current ? null : () => (rollingBack.value = version.version)}
                />
              ))}
            </ol>
          </section>
        )}
      </div>
      {pair.value && (
        <VersionDiff
          editor={editor}
          versions={versions.map(({ version }) => version)}
          from={pair.value[0]}
          to={pair.value[1]}
          onChoose={(from, to) => (chosen.value = [from, to])}
        />
      )}
      {rollingBack.value !== null && (
        <RollBackDialog editor={editor} publishing={publishing} version={rollingBack.value} onClose={() => (rollingBack.value = null)} />
      )}
    </div>
  );
}

interface ItemProps {
  readonly version: Version;
  readonly current: boolean;
  readonly compared: boolean;
  readonly onCompare: (() => void) | null;
  readonly onRollBack: (() => void) | null;
}

function VersionItem({ version: { version, message, publishedAt, publishedBy, rolledBackFrom, emergency }, current, compared, onCompare, onRollBack }: ItemProps) {
  const { rights, clock } = useMaker();
  const whyNot = useWhyNot();
  return (
    <li class="version-item" data-version={version} data-current={current} data-compared={compared}>
      <span class="number">{version}</span>
      <div class="grow">
        <p class={message ? 'why' : 'why secondary'}>{message || t('makerVersions.noMessage')}</p>
        <small>
          {publishedBy ?? t('makerVersions.bySystem')} · <time title={formatTime(publishedAt)}>{formatAgo(publishedAt, Math.max(publishedAt, clock.now()))}</time>
        </small>
        <span class="marks">
          {current && <Badge tone="good">{t('makerVersions.current')}</Badge>}
          {emergency && <Badge tone="bad">{t('makerVersions.emergency')}</Badge>}
          {rolledBackFrom !== null && <Badge tone="accent">{t('makerVersions.rolledBackTo', rolledBackFrom)}</Badge>}
        </span>
      </div>
      <span class="does">
        {onCompare && (
          <Button tone="plain" icon="git-compare-arrows" onPress={onCompare} data-action="compare">
            {t('makerVersions.compare')}
          </Button>
        )}
        {onRollBack && (
          <Button icon="rotate-ccw" disabledReason={whyNot(rights.value.may('profiles.publish'))} onPress={onRollBack} data-action="roll-back">
            {t('makerVersions.rollBack')}
          </Button>
        )}
      </span>
    </li>
  );
}
