/** The 19 tabs: a list of links, or where there is no room a choice. */
import { hrefOf, type Location } from '../../../lib/console/location.ts';
import type { TabLine } from '../../../lib/models/maker/configuration.ts';
import { Select } from '../../ui/fields.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed } from '../../ui/icons.ts';
import { t, tn } from '../../ui/text.ts';

interface TabListProps {
  readonly lines: readonly TabLine[];
  readonly active: string;
  readonly placeOf: (tab: string) => Location;
  readonly go: (location: Location) => unknown;
}

export function TabList({ lines, active, placeOf, go }: TabListProps) {
  return (
    <nav class="configuration-tabs" aria-label={t('makerConfiguration.tabs')}>
      <ul>
        {lines.map((line) => (
          <li key={line.tab.id}>
            <Entry line={line} current={line.tab.id === active} href={hrefOf(placeOf(line.tab.id))} />
          </li>
        ))}
      </ul>
      <Select
        label={t('makerConfiguration.tab')}
        labelHidden
        value={active}
        options={lines.map((line) => ({ value: line.tab.id as string, label: wordsOf(line) }))}
        onChange={(id) => go(placeOf(id))}
      />
    </nav>
  );
}

function Entry({ line: { tab, count, changes, off }, current, href }: { line: TabLine; current: boolean; href: string }) {
  return (
    <a href={href} aria-current={current ? 'page' : undefined} data-tab={tab.id} data-none={count === 0 || undefined}>
      <Icon name={iconNamed(tab.icon)} size={16} />
      <span class="label">{t(tab.label)}</span>
      {changes > 0 && (
        <span class="mark" role="img" aria-label={tn('makerConfiguration.changes', changes)} data-tip={tn('makerConfiguration.changes', changes)}>
          •
        </span>
      )}
      {off && count !== null && count > 0 ? (
        <span class="off">{t('makerConfiguration.off')}</span>
      ) : (
        <span class="count">{count === null ? '' : formatNumber(count)}</span>
      )}
    </a>
  );
}

const wordsOf = ({ tab, count, changes }: TabLine): string => {
  const name = count === null ? t(tab.label) : t('makerConfiguration.tabCount', t(tab.label), formatNumber(count));
  return changes > 0 ? `${name} •` : name;
};
