/** The profiles that name a resource, each a link to the tab it stands in. */
import type { ResourceWithUse } from '../../../lib/api/routes.ts';
import { type ResourceKind, tabs } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import type { Read } from '../../../lib/console/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { RestFailed } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { PanelSection } from './record/record-panel.tsx';

export function UsedBy({ kind, use }: { kind: ResourceKind; use: Read<ResourceWithUse> }) {
  const namedBy = use.data.value?.namedBy ?? null;
  const tab = tabs.find(({ resource }) => resource === kind);
  if (!tab) return null;
  return (
    <PanelSection title={t('makerResources.usedBy')} note={namedBy?.length === 0 ? t('makerResources.usedByNone') : namedBy || use.problem.value ? null : t('ui.loading')}>
      <RestFailed read={use} />
      {namedBy && namedBy.length > 0 && <ProfileLinks kind={kind} namedBy={namedBy} />}
    </PanelSection>
  );
}

export function ProfileLinks({ kind, namedBy }: { kind: ResourceKind; namedBy: readonly { id: string; name: string; published?: boolean; online?: number }[] }) {
  const subTab = tabs.find(({ resource }) => resource === kind)?.id ?? null;
  return (
    <ul class="lines">
      {namedBy.map(({ id, name, published, online }) => (
        <li key={id} class="line-item" data-profile={id}>
          <a class="grow" href={hrefOf({ page: 'profile', profileId: id, tab: 'configuration', subTab })}>
            {name}
          </a>
          {published === false && <Badge>{t('makerResources.inDraft')}</Badge>}
          {online !== undefined && published !== false && <span class="secondary">{tn('makerResources.onlineHere', online)}</span>}
        </li>
      ))}
    </ul>
  );
}
