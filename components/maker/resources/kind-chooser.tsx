/** The kinds that share one page: a few as tabs, many as buttons in rows, so that none is out of sight. */
import type { ResourceKind } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { t } from '../../ui/text.ts';

const FEW = 4;

export function KindChooser({ kinds, kind }: { kinds: readonly ResourceKind[]; kind: ResourceKind }) {
  const choices = kinds.map((each) => ({
    id: each,
    label: t(`makerResources.plural.${each}`),
    href: hrefOf({ page: 'resources', kind: each, resourceId: null }),
  }));
  if (kinds.length <= FEW) return <Tabs label={t('makerResources.kinds')} active={kind} tabs={choices} />;
  return (
    <nav class="kind-chooser" aria-label={t('makerResources.kinds')}>
      <ul>
        {choices.map(({ id, label, href }) => (
          <li key={id}>
            <a href={href} aria-current={id === kind ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
