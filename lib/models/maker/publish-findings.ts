/** Findings as they are read: what is found again and again, channel by channel or row by row, is said once with its places. */
import type { Finding, FindingPlace } from '../../profile/lint.ts';

export interface FoldedFinding extends Omit<Finding, 'at'> {
  /** In the order they were found; at least one. */
  readonly places: readonly FindingPlace[];
}

const ofChannels = ({ names = [] }: Finding): boolean => names.length > 0 && names.every((name) => name.startsWith('channel.'));

/** Findings of one code are one where they say the same, or differ only in the channels that they name. */
export function foldFindings(findings: readonly Finding[]): readonly FoldedFinding[] {
  const alike = Map.groupBy(findings, (finding) => [finding.severity, finding.code, ...(ofChannels(finding) ? [] : (finding.names ?? []))].join('\n'));
  return [...alike.values()].map((found) => {
    const { code, severity } = found[0]!;
    return { code, severity, names: [...new Set(found.flatMap(({ names = [] }) => names))], places: found.map(({ at }) => at) };
  });
}
