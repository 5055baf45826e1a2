/** What may happen in a history, and how often; drawn from a seed. */
import { drawBatches } from './batches.ts';
import type { Chance } from './settings.ts';

export const PEOPLE = 3;
export const PROFILES = 3;

type OfProfile = { readonly profile: number };
type OfPerson = { readonly person: number };
type Each<Kind extends string, Of> = Kind extends unknown ? { readonly do: Kind } & Of : never;
export type Step =
  | Each<'edit' | 'dropDraft' | 'rollBack', OfProfile>
  | ({ readonly do: 'publish'; readonly record: boolean; readonly emergency: boolean } & OfProfile)
  | Each<'assign' | 'revoke' | 'switch', OfProfile & OfPerson>
  | ({ readonly do: 'activity'; readonly name: 'phone' | 'mail' | 'all' | 'pause' } & OfPerson)
  | Each<'refresh' | 'ring' | 'suspend' | 'offer' | 'accept' | 'record' | 'overreach' | 'hangUp', OfPerson>
  | { readonly do: 'obey' }
  | ({ readonly do: 'road'; readonly is: 'clear' | 'slow' | 'blackHole' | 'split' | 'joined' | 'notRead' | 'reset' | 'halfOpen' } & OfPerson)
  | ({ readonly do: 'turn'; readonly seconds: number } & OfPerson)
  | { readonly do: 'turnHub'; readonly seconds: number }
  | ({ readonly do: 'ask'; readonly control: 'int.record' | 'int.mute' } & OfPerson)
  | { readonly do: 'answer'; readonly grant: 'interaction' | 'today' | null }
  | { readonly do: 'kill'; readonly what: 'hub' | 'database' | 'both' }
  | { readonly do: 'quiet' };

const WEIGHTS: Readonly<Record<Step['do'], number>> = {
  edit: 4, publish: 14, rollBack: 4, dropDraft: 2, assign: 9, revoke: 8, switch: 9, activity: 4, refresh: 4, ring: 5, suspend: 5,
  offer: 9, accept: 12, record: 4, overreach: 6, hangUp: 7, obey: 14, road: 16, turn: 6, turnHub: 6, ask: 14, answer: 14,
  kill: 5, quiet: 0,
};
const BETWEEN_QUIET = 25;

export const drawHistory = (chance: Chance, steps: number): Step[][] =>
  drawBatches<Step['do'], Step>(chance, steps, { weights: WEIGHTS, draw, betweenQuiet: BETWEEN_QUIET, quiet: { do: 'quiet' } });

function draw(chance: Chance, kind: Step['do']): Step {
  const profile = chance.below(PROFILES);
  const person = chance.below(PEOPLE);
  switch (kind) {
    case 'publish':
      return { do: kind, profile, record: chance.next() < 0.5, emergency: chance.next() < 0.2 };
    case 'edit':
    case 'dropDraft':
    case 'rollBack':
      return { do: kind, profile };
    case 'assign':
    case 'revoke':
    case 'switch':
      return { do: kind, profile, person };
    case 'activity':
      return { do: kind, person, name: chance.of(['phone', 'mail', 'all', 'pause']) };
    case 'road':
      return { do: kind, person, is: chance.of(['clear', 'slow', 'blackHole', 'split', 'joined', 'notRead', 'reset', 'reset', 'halfOpen']) };
    case 'turn':
      // Past a heartbeat, a stall, a token; and past all that may be shown.
      return { do: kind, person, seconds: chance.of([21, 46, 700, 50_000]) };
    case 'turnHub':
      // Corrections; past a stall; past an access token.
      return { do: kind, seconds: chance.of([-3, -1, 2, 46, 700, 700]) };
    case 'ask':
      return { do: kind, person, control: chance.of(['int.record', 'int.mute', 'int.mute']) };
    case 'answer':
      return { do: kind, grant: chance.of(['interaction', 'interaction', 'today', null]) };
    case 'kill':
      return { do: kind, what: chance.of(['hub', 'database', 'both']) };
    case 'quiet':
    case 'obey':
      return { do: kind };
    default:
      return { do: kind, person };
  }
}
