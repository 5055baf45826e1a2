/** What a row points to: its name with what is worth knowing of it, and what became of the row. */
import type { ResourceKind, Tab } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import type { RowView } from '../../../lib/models/maker/configuration-rows.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed } from '../../ui/icons.ts';
import { t } from '../../ui/text.ts';
import { factsText, nameOf, presenceText, wasText } from './words.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** Colours as administrators write them; what is none is left out. */
const COLOUR = /^#[0-9a-f]{6}$/i;
const CATEGORY: Readonly<Record<string, string>> = { processing: 'processing', productive: 'productive', unavailable: 'unavailable' };

export function Lead({ kind, attributes }: { kind: ResourceKind; attributes: Attributes }) {
  if (kind === 'activity') {
    return <span class="dot" style={{ '--dot': `var(--activity-${CATEGORY[String(attributes['category'])] ?? 'processing'})` }} />;
  }
  // Its running or not is the campaign's own: read here, changed under Resources.
  if (kind === 'voiceCampaign' || kind === 'smsCampaign') return <span class={attributes['active'] === true ? 'dot running' : 'dot stopped'} />;
  if (kind !== 'customButton') return null;
  const colour = String(attributes['colour'] ?? '');
  return (
    <span class="button-lead" style={COLOUR.test(colour) ? { '--button': colour } : {}}>
      <Icon name={iconNamed(String(attributes['icon'] ?? ''))} size={14} />
    </span>
  );
}

export function RowName({ tab, row }: { tab: Tab; row: RowView }) {
  const attributes = row.summary?.attributes ?? {};
  return (
    <div class="row-name" data-nameless={row.summary === null}>
      {row.summary && <Lead kind={tab.resource} attributes={attributes} />}
      <div class="texts">
        <span class="name">
          {row.presence === 'here' ? (
            <a href={hrefOf({ page: 'resources', kind: tab.resource, resourceId: row.id })}>{nameOf(row)}</a>
          ) : (
            <span class="text">{nameOf(row)}</span>
          )}
          {row.namedBy.map((setting) => (
            <Badge key={setting}>{t('makerConfiguration.namedBy', t(`section.${setting.split('.', 1)[0]}`))}</Badge>
          ))}
        </span>
        <Second tab={tab} row={row} />
      </div>
    </div>
  );
}

/** What was done to it, and what is worth knowing of its resource. */
function Second({ tab, row }: { tab: Tab; row: RowView }) {
  const marked = row.mark === 'changed' ? t('makerConfiguration.was.all', wasText(tab.attributes, row.was)) : row.mark && t(`makerConfiguration.mark.${row.mark}`);
  const facts = row.presence === 'gone' ? t('makerConfiguration.presence.goneHint') : row.summary ? factsText(tab.resource, row.summary.attributes) : '';
  // Without a name the first line says it.
  const lost = row.summary && presenceText(row.presence);
  const parts = [
    marked && <span class="was">{marked}</span>,
    lost && row.presence !== 'hidden' && <span class="lost">{lost}</span>,
    facts && row.mark !== 'changed' && <span>{facts}</span>,
    lost && row.presence === 'hidden' && <span>{lost}</span>,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  const whole = [marked, lost, facts].filter(Boolean).join(' · ');
  return (
    <small data-tip={whole.length > 32 ? whole : undefined}>
      {parts.flatMap((part, at) => (at === 0 ? [part] : [' · ', part]))}
    </small>
  );
}
