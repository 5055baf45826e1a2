/** What a row's attributes and its resource say, in the reader's words. */
import { CHANNELS, type Field, type ResourceKind } from '../../../lib/catalogue/index.ts';
import { choiceLabel } from '../../../lib/catalogue/fields.ts';
import type { Blocked, Presence, RowView } from '../../../lib/models/maker/configuration-rows.ts';
import { formatNumber } from '../../ui/format.ts';
import { names, t, tn } from '../../ui/text.ts';

type Attributes = Readonly<Record<string, unknown>>;

export const blockedText = (blocked: Blocked | null): string | null =>
  blocked && t(`makerConfiguration.blocked.${blocked.code}`, blocked.channel ? t(`channel.${blocked.channel}`) : '');

export const onOff = (on: boolean): string => t(on ? 'makerConfiguration.on' : 'makerConfiguration.off');

/** The value of an attribute as it is read. */
export function valueText(field: Field, value: unknown): string {
  if (field.type === 'boolean') return onOff(value === true);
  if (field.type === 'choice') return t(choiceLabel(String(value)));
  if (field.type === 'scores') return tn('makerConfiguration.scores.count', Object.keys((value as Attributes | undefined) ?? {}).length);
  return typeof value === 'number' ? formatNumber(value) : String(value ?? '');
}

/** “Voice: off, Voice score: 80” */
export const wasText = (attributes: readonly Field[], was: RowView['was']): string =>
  names(
    attributes.filter(({ id }) => was.has(id)).map((field) => t('makerConfiguration.was.one', t(field.label), valueText(field, was.get(field.id)))),
    99,
  );

/** The name of what a row points to, or what stands for it where nobody knows. */
export const nameOf = ({ summary, presence }: Pick<RowView, 'summary' | 'presence'>): string =>
  summary?.name ?? t(`makerConfiguration.nameless.${presence === 'hidden' || presence === 'unknown' ? presence : 'gone'}`);

export const presenceText = (presence: Presence): string | null =>
  presence === 'here' || presence === 'unknown' ? null : t(`makerConfiguration.presence.${presence}`);

const text = (attributes: Attributes, id: string): string => {
  const value = attributes[id];
  return typeof value === 'string' ? value : '';
};
const channels = (attributes: Attributes): string =>
  names(CHANNELS.filter((channel) => attributes[channel] === true).map((channel) => t(`channel.${channel}`)));
const joined = (...parts: readonly string[]): string => parts.filter(Boolean).join(' · ');

/** What is worth knowing of a resource beside its name. */
export function factsText(kind: ResourceKind, attributes: Attributes): string {
  switch (kind) {
    case 'activity':
      return joined(
        t(choiceLabel(text(attributes, 'category') || 'processing')),
        channels(attributes),
        attributes['campaigns'] === true ? t('makerConfiguration.facts.campaigns') : '',
      );
    case 'queue':
      return joined(channels(attributes) || t('makerConfiguration.facts.noChannel'), text(attributes, 'note'));
    case 'customButton':
      return joined(t(choiceLabel(text(attributes, 'place') || 'topBar')), t(choiceLabel(text(attributes, 'opens') || 'url')));
    case 'transferRule':
      return joined(t(choiceLabel(text(attributes, 'to') || 'queue')), text(attributes, 'target'));
    case 'voiceCampaign':
    case 'smsCampaign':
      return joined(t(attributes['active'] === true ? 'makerConfiguration.facts.running' : 'makerConfiguration.facts.stopped'), text(attributes, 'note'));
    case 'crm':
      return joined(t(attributes['external'] === true ? 'makerConfiguration.facts.external' : 'makerConfiguration.facts.own'), text(attributes, 'address'));
    case 'evaluationGrid':
      return typeof attributes['passScore'] === 'number' ? t('makerConfiguration.facts.passScore', formatNumber(attributes['passScore'])) : '';
    default:
      return joined(text(attributes, 'number'), text(attributes, 'provider'), text(attributes, 'text'), text(attributes, 'note'));
  }
}
