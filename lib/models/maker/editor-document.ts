/** Changes of a profile document as the editor makes them: what means nothing is left out, what does not change keeps its identity. */
import type { ProfileDocument, TabId } from '../../catalogue/index.ts';
import { isSameValue, settingField, settingOf } from '../../profile/value.ts';
import type { TabContent } from './editor-types.ts';

type Bag = Readonly<Record<string, unknown>>;

/** The document itself where the value means what is there already. The default of a field is left out. */
export function withField(document: ProfileDocument, id: string, value: unknown): ProfileDocument {
  const field = settingField(id);
  if (isSameValue(field, settingOf(document, id), value)) return document;
  const { [id]: _, ...rest } = document.settings as Bag;
  const isDefault = value === undefined || (field !== undefined && isSameValue(field, value, field.default));
  return { ...document, settings: isDefault ? rest : { ...rest, [id]: value } };
}

export function tabContent({ configuration }: ProfileDocument, tab: TabId): TabContent {
  const content = (configuration as Readonly<Record<string, Partial<TabContent> | undefined>>)[tab];
  return { ...content, rows: content?.rows ?? [] };
}

/** A tab that says nothing any more is left out. */
export function withTab(document: ProfileDocument, tab: TabId, content: TabContent | undefined): ProfileDocument {
  const { [tab]: before, ...rest } = document.configuration as Bag;
  const says = content !== undefined && Object.values({ ...content, rows: content.rows.length > 0 || null }).some((value) => value != null && value !== false);
  if (!says && before === undefined) return document;
  return { ...document, configuration: (says ? { ...rest, [tab]: content } : rest) as ProfileDocument['configuration'] };
}
