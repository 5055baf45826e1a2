import type { Term } from '../catalogue/index.ts';
import { maximumField } from './facts.ts';
import type { NoProfile, Reason, ReasonCode } from './types.ts';

/** What a false term means depends on more than the term in three cases: these, by number, 0 for none of them. */
export const VARIANTS = ['plain', 'none', 'expired', 'invalid', 'missed', 'otherChannel'] as const;
export type Variant = (typeof VARIANTS)[number];

export function reasonOf(term: Term, variant: Variant): Reason {
  const code = codeOf(term, variant);
  // That there is no profile at all is the profile's doing, whichever layer noticed.
  const layer = code.startsWith('profile.') ? 'profile' : term.layer;
  const askable = ASKABLE.has(code);
  return Object.freeze({ code, layer, setting: settingOf(term), askable });
}

/** What a supervisor could grant for a while: what the profile itself causes, and nothing else does. */
const ASKABLE: ReadonlySet<ReasonCode> = new Set(['profile.right', 'profile.rights', 'profile.locked', 'profile.tabOff']);

const isNoProfile = (variant: Variant): variant is NoProfile =>
  variant === 'none' || variant === 'expired' || variant === 'invalid';

function codeOf(term: Term, variant: Variant): ReasonCode {
  switch (term.kind) {
    case 'licence':
      return 'licence.smart';
    case 'personType':
      return term.types.includes('administrator') ? 'person.managerOrAdministrator' : 'person.manager';
    case 'account':
      return `account.${term.option}`;
    case 'notDenied':
      return 'person.denied';
    case 'granted':
      if (isNoProfile(variant)) return `profile.${variant}`;
      if (term.effect === 'lock') return 'profile.locked';
      return term.fields.length > 1 ? 'profile.rights' : 'profile.right';
    case 'switchedOn':
      return isNoProfile(variant) ? `profile.${variant}` : 'profile.tabOff';
    case 'row':
      if (isNoProfile(variant)) return `profile.${variant}`;
      return term.where || term.resource ? 'resource.noneSuch' : 'resource.none';
    case 'activityChannel':
      return 'activity.channel';
    case 'notForced':
      return variant === 'missed' ? 'supervisor.missed' : 'supervisor.forced';
    case 'interaction':
      return variant === 'otherChannel' ? 'interaction.channel' : `interaction.${term.is}`;
    case 'smartInteraction':
      return 'interaction.notSmart';
    case 'notAutoRecorded':
      return 'interaction.autoRecorded';
    case 'pauseOver':
      return 'interaction.timeout';
    case 'belowMaximum':
      return 'interaction.maximum';
    case 'connected':
      return 'connection.lost';
  }
}

function settingOf(term: Term): string | null {
  switch (term.kind) {
    case 'notDenied':
    case 'granted':
      return term.fields[0] ?? null;
    case 'switchedOn':
    case 'row':
      return term.tab;
    case 'belowMaximum':
      return maximumField(term.channel);
    case 'pauseOver':
      return term.direction === 'inbound' ? 'interactions.timeoutInboundSec' : 'interactions.timeoutOutboundSec';
    default:
      return null;
  }
}
