import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { checkDocument } from '../../lib/profile/check.ts';
import { type DocumentIssue, parseDocument } from '../../lib/profile/schema.ts';
import { ProblemError } from '../http/problem-error.ts';

/**
 * Everything that keeps a document from being published: its shape, and what one part of it says of another. A draft
 * need only have the shape.
 */
export function publishIssues(input: unknown): readonly DocumentIssue[] {
  const parsed = parseDocument(input);
  return parsed.ok ? checkDocument(parsed.document) : parsed.issues;
}

/** @throws {ProblemError} document.invalid, with every issue and its place */
export function parsedDraft(input: unknown): ProfileDocument {
  const parsed = parseDocument(input);
  if (!parsed.ok) throw invalid(parsed.issues);
  return parsed.document;
}

/** @throws {ProblemError} document.invalid, with every issue and its place */
export function refuseUnpublishable(document: unknown): void {
  const issues = publishIssues(document);
  if (issues.length > 0) throw invalid(issues);
}

const MOST_ISSUES = 200;

export const invalid = (issues: readonly DocumentIssue[]) =>
  new ProblemError('document.invalid', {
    issues: issues.slice(0, MOST_ISSUES).map(({ path, message }) => ({ path: [...path], message })),
  });
