import type { Comparison } from '../harness/comparison.ts';
import { decideComparison } from './decide.ts';

/** In the order in which they run. */
export const comparisons: readonly Comparison[] = [decideComparison];
