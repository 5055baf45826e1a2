/** The columns of a kind's list, from its declaration. */
import type { ResourceRecord } from '../../../lib/api/routes.ts';
import { ACTIVITY_CATEGORIES, choiceLabel, type Field, type ResourceKind } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { columnFields } from '../../../lib/models/maker/resources-list.ts';
import { isColour } from '../../../lib/models/maker/resources-colour.ts';
import { Badge } from '../../ui/badge.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed, type IconName } from '../../ui/icons.ts';
import type { Column } from '../../ui/table.tsx';
import { t, tn } from '../../ui/text.ts';

/** Choices are words of ours, the longest “Productive unavailability”. */
const WIDTH: Partial<Record<Field['type'], string>> = { integer: '100px', choice: 'minmax(110px, 1.6fr)' };

export function resourceColumns(kind: ResourceKind, openId: string | null): readonly Column<ResourceRecord>[] {
  const { single, switches } = columnFields(kind);
  const columns: readonly Column<ResourceRecord>[] = [
    { id: 'name', title: t('makerResources.column.name'), sort: ({ name }) => name, width: 'minmax(160px, 2fr)', render: (resource) => <Name kind={kind} resource={resource} open={resource.id === openId} /> },
    ...single.map((field): Column<ResourceRecord> => ({
      id: field.id,
      title: t(field.label),
      sort: ({ attributes }) => sortValue(field, attributes[field.id]),
      width: WIDTH[field.type] ?? 'minmax(110px, 1fr)',
      end: field.type === 'integer',
      render: ({ attributes }) => <Value field={field} value={attributes[field.id]} />,
    })),
    ...(switches.length > 0 ? [switchColumn(kind, switches)] : []),
    {
      id: 'profiles',
      title: t('makerResources.column.profiles'),
      sort: ({ profiles }) => profiles,
      width: '96px',
      end: true,
      render: ({ profiles }) => (profiles > 0 ? <span data-tip={tn('makerResources.namedBy', profiles)}>{formatNumber(profiles)}</span> : <span class="secondary">–</span>),
    },
  ];
  return openId !== null ? columns.filter(({ id }) => id === 'name' || id === 'profiles') : columns;
}

function switchColumn(kind: ResourceKind, switches: readonly Field[]): Column<ResourceRecord> {
  const on = ({ attributes }: ResourceRecord) => switches.filter(({ id }) => attributes[id] === true);
  const [only] = switches;
  return {
    id: 'switches',
    title: switches.length === 1 ? t(only!.label) : t(`makerResources.column.switches.${kind}`),
    sort: (resource) => -on(resource).length,
    width: 'minmax(100px, 1fr)',
    render: (resource) => {
      const those = on(resource);
      if (those.length === 0) return <span class="secondary">{switches.length === 1 ? t('makerResources.off') : '–'}</span>;
      if (switches.length === 1) return <Badge tone="good">{t('makerResources.on')}</Badge>;
      return (
        <span class="switches">
          {those.map(({ id, label }) => (
            <span key={id} role="img" aria-label={t(label)} data-tip={t(label)}>
              <Icon name={SWITCH_ICON[id] ?? 'check'} size={16} />
            </span>
          ))}
        </span>
      );
    },
  };
}

const SWITCH_ICON: Readonly<Record<string, IconName>> = { voice: 'phone', email: 'mail', messages: 'message-circle', campaigns: 'megaphone' };

function Name({ kind, resource, open }: { kind: ResourceKind; resource: ResourceRecord; open: boolean }) {
  const { id, name, attributes, archived } = resource;
  const colour = String(attributes['colour'] ?? '');
  return (
    <span class="who">
      {kind === 'customButton' && (
        <span class="button-icon" style={isColour(colour) ? { '--own': colour } : undefined}>
          <Icon name={iconNamed(String(attributes['icon'] ?? ''))} size={18} />
        </span>
      )}
      <span class="grow">
        <a href={hrefOf({ page: 'resources', kind, resourceId: id })} aria-current={open ? 'true' : undefined}>
          <bdi>{name}</bdi>
        </a>
        {archived && <Badge tone="warn">{t('makerResources.archived')}</Badge>}
        {attributes['note'] ? <small>{String(attributes['note'])}</small> : null}
      </span>
    </span>
  );
}

function Value({ field, value }: { field: Field; value: unknown }) {
  const shown = value ?? field.default;
  if (field.type === 'choice') {
    return (
      <span class="choice-value">
        {isCategory(shown) && <span class="dot" style={{ '--dot': `var(--activity-${shown})` }} />}
        {t(choiceLabel(String(shown)))}
      </span>
    );
  }
  if (field.type === 'integer') return <>{shown === null ? '–' : formatNumber(Number(shown))}</>;
  return shown === '' ? <span class="secondary">–</span> : <bdi>{String(shown)}</bdi>;
}

export const isCategory = (value: unknown): value is (typeof ACTIVITY_CATEGORIES)[number] => (ACTIVITY_CATEGORIES as readonly unknown[]).includes(value);

/** Choices in the order of their declaration. */
function sortValue(field: Field, value: unknown): string | number {
  const held = value ?? field.default;
  if (field.type === 'choice') return field.choices.indexOf(held as string);
  return field.type === 'integer' ? Number(held) : String(held);
}
