/** Whom a change of a resource reaches, in words. */
import { t, tn } from '../../ui/text.ts';

type NamedBy = readonly { readonly name: string; readonly published: boolean; readonly online: number }[];

const countOf = (namedBy: NamedBy) => ({
  profiles: namedBy.filter(({ published }) => published).length,
  online: namedBy.filter(({ published }) => published).reduce((sum, { online }) => sum + online, 0),
});

/** What a save does: a profile that names it is sent anew to everyone who works with it. */
export function follows(namedBy: NamedBy): string {
  const { profiles, online } = countOf(namedBy);
  if (profiles === 0) return t('makerResources.follows.nobody');
  return online === 0 ? tn('makerResources.follows.later', profiles) : t('makerResources.follows.now', tn('makerResources.namedBy', profiles), tn('makerResources.follows.online', online));
}

/** What it did, once it is saved. Empty where nobody saw it. */
export function reached(namedBy: NamedBy): string {
  const { online } = countOf(namedBy);
  return online > 0 ? tn('makerResources.follows.sent', online) : '';
}
