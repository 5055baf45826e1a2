import type { Hono } from 'hono';
import { createAuthPart } from './auth/part.ts';
import { createLive } from './live/live.ts';
import type { HubContext, HubParts } from './parts.ts';
import { createSessions } from './session/sessions.ts';
import { VERSION } from './version.ts';

export interface PartOptions {
  /** Pages beside the API: the demo's. */
  readonly pages?: (context: HubContext) => readonly Hono[];
}

/** The parts that a hub is really made of. */
export function defaultParts({ pages = () => [] }: PartOptions = {}): HubParts {
  return {
    auth: (context) => createAuthPart(context, { version: VERSION }),
    sessions: createSessions,
    live: createLive,
    pages,
  };
}
