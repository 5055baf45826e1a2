import type { Comparison } from '../harness/comparison.ts';
import { decideComparison } from './decide.ts';
import { fanOutComparison } from './fan-out.ts';
import { growthComparison } from './growth.ts';
import { frameToPaintedComparison } from './frame-to-painted.ts';
import { hostPageComparison } from './host-page.ts';
import { memoryComparison } from './memory.ts';
import { notModifiedComparison } from './not-modified.ts';
import { publishComparison } from './publish.ts';
import { publishToPaintedComparison } from './publish-to-painted.ts';
import { restartComparison } from './restart.ts';
import { switchComparison } from './switch.ts';
import { switchToPaintedComparison } from './switch-to-painted.ts';

/** In the order in which they run. */
export const comparisons: readonly Comparison[] = [
  decideComparison,
  fanOutComparison,
  notModifiedComparison,
  memoryComparison,
  switchComparison,
  switchToPaintedComparison,
  publishComparison,
  restartComparison,
  growthComparison,
  hostPageComparison,
  frameToPaintedComparison,
  publishToPaintedComparison,
];
