import { ProblemError } from '../http/problem-error.ts';

/** The ETag of a person, team or resource: grows with every change. */
export const etagOf = ({ revision }: { readonly revision: number }): string => String(revision);

/** @param ifMatch the ETag that was read, or `*` @throws {ProblemError} record.conflict, with the ETag that would match */
export function refuseOtherRevision(row: { readonly revision: number }, ifMatch: string): void {
  const etag = etagOf(row);
  if (ifMatch === etag || ifMatch === '*') return;
  throw new ProblemError('record.conflict', { detail: 'Somebody else has changed it: read it again.' }, { etag: `"${etag}"` });
}
