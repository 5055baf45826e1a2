/** To whom a profile's transfer rules let one pass an interaction on (catalogue 1.4: no rule, no transfer). */
import { type ActiveProfile, matchingRows } from '../decide/index.ts';

export const RULE_KINDS = ['queue', 'advisor', 'external', 'smartRouting'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export interface TransferRule {
  readonly id: string;
  readonly name: string;
  readonly to: RuleKind;
  /** A queue's or colleague's name, a number, the name of a routing; empty for any of them. */
  readonly target: string;
}

export const transferRules = (profile: ActiveProfile | null, to: RuleKind): readonly TransferRule[] =>
  profile === null
    ? []
    : matchingRows(profile, { tab: 'transferRules', resource: { to: [to] } }).map(({ id }) => {
        const { name, attributes } = profile.resources[id]!;
        return { id, name, to, target: typeof attributes['target'] === 'string' ? attributes['target'].trim() : '' };
      });

/** Whether one of the rules names it, or any. Names are compared as people write them: upper and lower case alike. */
export const isNamed = (rules: readonly TransferRule[], name: string): boolean =>
  rules.some(({ target }) => target === '' || target.localeCompare(name, undefined, { sensitivity: 'accent' }) === 0);
