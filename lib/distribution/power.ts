/** How far ahead the power dialler calls: who answers waits until somebody is free, so it is held back before many wait in vain. */
import { type Resource, resources } from '../catalogue/resources.ts';

/** What a campaign says of it (catalogue, voiceCampaign). */
export interface Pace {
  /** Calls at once for ten people who take part, 10 or more. */
  readonly linesPerTen: number;
  /** Percent of those who answered. */
  readonly mostGivenUpPercent: number;
  readonly longestWaitSec: number;
}

const fields: Resource['attributes'] = resources.find(({ kind }) => kind === 'voiceCampaign')!.attributes;

/** What is not said, or not a number, is as the catalogue has it. */
export function paceOf(attributes: Readonly<Record<string, unknown>>): Pace {
  const read = (id: keyof Pace): number => {
    const said = attributes[id];
    return typeof said === 'number' ? said : (fields.find((each) => each.id === id) as { readonly default: number }).default;
  };
  return { linesPerTen: read('linesPerTen'), mostGivenUpPercent: read('mostGivenUpPercent'), longestWaitSec: read('longestWaitSec') };
}

/** One campaign, as it stands. */
export interface Standing {
  /** Who takes part and has nothing in hand. */
  readonly free: number;
  /** Who takes part and is on a call of this campaign, or writes down what came of one. */
  readonly busy: number;
  /** Called, and not answered yet. */
  readonly dialling: number;
  /** Answered, and nobody was free so far. */
  readonly waiting: number;
  /** Of the last hour: who answered, and who of them talked to nobody. */
  readonly answered: number;
  readonly givenUp: number;
}

/** The hour of `answered` and `givenUp`, in milliseconds. */
export const JUDGED_MS = 3_600_000;
/** Of fewer answers no share is worth judging by: one in five would stop it for an hour. */
const FEW_ANSWERS = 20;

/** Too many waited in vain: it calls only for who is free, until the share is better. */
export const holdsBack = ({ answered, givenUp }: Pick<Standing, 'answered' | 'givenUp'>, { mostGivenUpPercent }: Pace): boolean =>
  answered >= FEW_ANSWERS && givenUp * 100 > mostGivenUpPercent * answered;

/** How many more are to be called now, 0 or more. While somebody waits nobody else is called. */
export function linesToOpen(standing: Standing, pace: Pace): number {
  const { free, busy, dialling, waiting } = standing;
  if (waiting > 0) return 0;
  const ahead = Math.floor(((free + busy) * pace.linesPerTen) / 10) - busy;
  return Math.max(0, (holdsBack(standing, pace) ? Math.min(free, ahead) : ahead) - dialling);
}
