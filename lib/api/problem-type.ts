/** Apart from the schemas, which the banner page does not carry. */
import type { ClientProblemCode, ProblemCode } from './problem.ts';

export const problemType = (code: ProblemCode | ClientProblemCode): string => `urn:pennon:problem:${code}`;
