import type * as v from 'valibot';
import type { BasicVerb, ConsoleRight } from '../catalogue/console.ts';
import type { ProblemCode } from './problem.ts';

/** A right of the Maker; `kind.update` stands for the right of the module that the `:kind` of the path is kept under. */
export type ConsoleNeed = ConsoleRight | `kind.${BasicVerb}`;

/** One route of the hub, as data. Paths are written as Hono reads them, `:name` for a parameter. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly tag: 'session' | 'profiles' | 'people' | 'resources' | 'audit' | 'commands' | 'modules' | 'interactions' | 'connector' | 'hub';
  /**
   * `none`: for anybody; `person`: a valid token; `session`: an open session too; `connector`: the token of one; else a
   * right of the Maker.
   */
  readonly needs: 'none' | 'person' | 'session' | 'connector' | ConsoleNeed;
  readonly body?: v.GenericSchema;
  /** How much of a body is read; a megabyte where it does not say. */
  readonly mostBytes?: number;
  readonly query?: v.GenericSchema;
  /** The list in the answer that comes in pages: query and answer have what `pages.ts` says, and its rows have an `id`. */
  readonly pages?: string;
  /** Absent where the answer has no body. */
  readonly answer?: v.GenericSchema;
  readonly status: 200 | 201 | 202 | 204;
  /** What it may refuse with besides `auth.*`, `request.*`, `rate.limited` and `hub.*`. */
  readonly problems: readonly ProblemCode[];
  /** `etag`: answers carry an ETag, and the write needs `If-Match`; `key`: takes an `Idempotency-Key`. */
  readonly guard?: 'ifMatch' | 'key';
}

export const route = <const R extends Route>(r: R): R => r;

/** A right of the Maker has a dot in it. */
export const isConsoleNeed = (needs: Route['needs']): needs is ConsoleNeed => needs.includes('.');
