import { createHash } from 'node:crypto';

export interface Random {
  /** A whole number from `least` to `most`. */
  within(least: number, most: number): number;
  of<T>(all: readonly T[]): T;
  chance(share: number): boolean;
}

/** The same numbers for the same name, in every database: what the demo shows can be told beforehand. */
export function createRandom(name: string): Random {
  let drawn = 0;
  const next = () => createHash('sha256').update(`${name} ${(drawn += 1)}`).digest().readUInt32BE(0) / 2 ** 32;
  const within: Random['within'] = (least, most) => least + Math.floor(next() * (most - least + 1));
  return { within, of: (all) => all[within(0, all.length - 1)]!, chance: (share) => next() < share };
}
