/**
 * What banners showed, as each said itself from the first moment of its page, and what of it cannot be. Judged by order alone:
 * in one frame by its own count, between frames only where one began after the other had shown something.
 */
export interface Shown {
  /** Of the frame, and of what it said so far. */
  readonly frame: string;
  readonly count: number;
  /** When its page began, and when this was shown; milliseconds since the epoch, by the browser's clock. */
  readonly born: number;
  readonly at: number;
  /** What is written as the profile's name; null where there is no such control. */
  readonly profile: string | null;
  readonly connection: string | null;
  /** Something on the way in, in the place of the bar: whoever sees it has no session. */
  readonly wayIn: boolean;
  /** How many buttons there are. */
  readonly buttons: number;
}

/** A browser rounds its clock. */
const ROUNDED_MS = 20;

/** `Alpha 7` → the profile and how often it had been published; null for what is no such name. */
export function namedVersion(name: string | null): { readonly profile: string; readonly version: number } | null {
  const [, profile, version] = /^(\S+) (\d+)$/.exec(name ?? '') ?? [];
  return profile === undefined ? null : { profile, version: Number(version) };
}

/** In words, what should not have been shown. */
export function wrongsOf(all: readonly Shown[]): string[] {
  const frames = [...Map.groupBy(all, ({ frame }) => frame).values()].map((shown) => shown.toSorted((a, b) => a.count - b.count));
  return [...frames.flatMap(withinOne), ...betweenFrames(all)];
}

function withinOne(shown: readonly Shown[]): string[] {
  const wrongs: string[] = [];
  const latest = new Map<string, number>();
  let drawn = false;
  for (const { frame, profile: name, buttons, wayIn } of shown) {
    const is = namedVersion(name);
    if (is && is.version < (latest.get(is.profile) ?? 0)) wrongs.push(`${frame} went back from ${is.profile} ${latest.get(is.profile)} to ${name}`);
    if (is) latest.set(is.profile, Math.max(is.version, latest.get(is.profile) ?? 0));
    if (drawn && buttons === 0) wrongs.push(`${frame} was emptied`);
    drawn ||= buttons > 0;
    if (wayIn) wrongs.push(`${frame} showed the way in`);
  }
  return wrongs;
}

function betweenFrames(all: readonly Shown[]): string[] {
  const versions = all.flatMap((shown) => {
    const is = namedVersion(shown.profile);
    return is ? [{ ...shown, ...is }] : [];
  });
  return versions.flatMap((one) => {
    const before = versions.find((other) => other.frame !== one.frame && other.profile === one.profile && other.version > one.version && other.at < one.born - ROUNDED_MS);
    return before ? [`${one.frame} began with ${one.profile} ${one.version}, where ${before.version} had been shown`] : [];
  });
}
