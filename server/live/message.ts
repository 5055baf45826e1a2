import type { HubMessage } from '../../lib/api/live.ts';
import { textFrame } from './frame.ts';

/** A message to clients with its bytes for either transport, each made once, when first needed. */
export interface Message {
  readonly json: string;
  readonly frame: Buffer;
  readonly event: Buffer;
}

export function messageOf(json: string): Message {
  let frame: Buffer | undefined;
  let event: Buffer | undefined;
  return {
    json,
    get frame() {
      return (frame ??= textFrame(json));
    },
    get event() {
      return (event ??= Buffer.from(`data: ${json}\n\n`));
    },
  };
}

export const say = (message: HubMessage): Message => messageOf(JSON.stringify(message));

/** Documents as JSON texts, for what is sent to many is written out once. */
export interface PartTexts {
  readonly profile?: string;
  readonly person?: string;
  readonly situation?: string;
}

/** What stands in every snapshot message around its documents. */
export interface Envelope {
  readonly epoch: number;
  /** The hub's clock; milliseconds since the epoch. */
  readonly now: number;
  readonly expiresAt: number;
}

/** A snapshot message of documents already written out. */
export function snapshotMessage({ epoch, now, expiresAt }: Envelope, parts: PartTexts): Message {
  const documents = Object.entries(parts).map(([name, text]) => `,"${name}":${text}`);
  return messageOf(
    `{"type":"snapshot","epoch":${epoch},"now":${now},"expiresAt":${expiresAt}${documents.join('')}}`,
  );
}
