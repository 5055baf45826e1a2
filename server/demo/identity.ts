import { createHash } from 'node:crypto';

/** The id of a thing of the demo centre: the same in every database, so that a page or a script can name it. */
export function demoId(kind: string, key: string): string {
  const hex = createHash('sha256').update(`harbour-mutual/${kind}/${key}`).digest('hex');
  // Written as a random (version 4) UUID is.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
