import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { diff } from '../../lib/profile/diff.ts';
import { emptyDocument } from '../../lib/profile/schema.ts';

type Bag = Readonly<Record<string, unknown>>;

/** What the audit log says of a change: of both documents only the settings and tabs that differ in meaning. */
export function differences(before: ProfileDocument | null, after: ProfileDocument, factsBefore: Bag, factsAfter: Bag) {
  const { settings, tabs, unknownTabs } = diff(before ?? NOTHING, after);
  const changedSettings = settings.map(({ id }) => id);
  const changedTabs = [...tabs.map(({ tab }) => tab), ...unknownTabs.map(({ id }) => id)];
  const side = (document: ProfileDocument) => ({
    settings: only(document.settings, changedSettings),
    configuration: only(document.configuration, changedTabs),
  });
  return {
    before: before ? { ...factsBefore, ...side(before) } : undefined,
    after: { ...factsAfter, ...side(after) },
  };
}

const NOTHING: ProfileDocument = { ...emptyDocument(''), settings: {} };

const only = (bag: Bag, keys: readonly string[]): Bag =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(bag, key)).map((key) => [key, bag[key]]));
