/** Calls a web service: once, to the address that was checked and no other, for so long and so much and no more. */
import { type LookupAddress, lookup as lookUp } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ProblemCode } from '../../lib/api/problem.ts';
import { type AllowedHosts, mayConnect, serviceAddress } from './address.ts';
import { MOST_ANSWER_BYTES, readAnswer, type ServiceAnswer } from './answer.ts';

/** From the first look for its name to the last byte of its answer. */
export const CALL_MS = 8000;

export interface ServiceCall {
  readonly address: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ServiceEdges {
  readonly allowed: AllowedHosts;
  /** All addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  readonly callMs?: number;
  /** Ends it: the hub stops. */
  readonly signal?: AbortSignal;
}

export type ServiceOutcome = ({ readonly ok: true } & ServiceAnswer) | ServiceFailure;
export interface ServiceFailure {
  readonly ok: false;
  readonly problem: ProblemCode;
  readonly why: string | null;
}

const failed = (problem: ProblemCode, why: string | null = null): ServiceFailure => ({ ok: false, problem, why });

const resolveAll = (host: string) =>
  new Promise<readonly LookupAddress[]>((resolve, reject) => lookUp(host, { all: true }, (error, found) => (error ? reject(error) : resolve(found))));

class Refused extends Error {}

/**
 * What `net.connect` asks for the addresses of the host, so that it connects to what was checked here: a name that says
 * something else a moment later changes nothing. One address that is not allowed refuses all of them.
 */
const guarded = (url: URL, { allowed, resolve = resolveAll }: ServiceEdges): LookupFunction => (hostname, options, say) => {
  resolve(hostname).then(
    (found) => {
      const [first] = found;
      if (!first || !found.every(({ address }) => mayConnect(url, address, allowed))) say(new Refused(hostname), '', 0);
      else if (options.all) say(null, [...found]);
      else say(null, first.address, first.family);
    },
    (error: NodeJS.ErrnoException) => say(error, '', 0),
  );
};

/** Never rejects. */
export function callService({ address, body, headers }: ServiceCall, edges: ServiceEdges): Promise<ServiceOutcome> {
  const url = serviceAddress(address, edges.allowed);
  if (!url) return Promise.resolve(failed('service.address'));
  const late = AbortSignal.timeout(edges.callMs ?? CALL_MS);
  const signal = edges.signal ? AbortSignal.any([late, edges.signal]) : late;
  const secure = url.protocol === 'https:';
  const { promise, resolve } = Promise.withResolvers<ServiceOutcome>();
  let asked = false;
  const broken = (error: Error) => {
    if (error instanceof Refused) return resolve(failed('service.address'));
    // Nothing has been said to it yet.
    if (!asked) return resolve(failed('service.unreachable'));
    resolve(failed(late.aborted ? 'service.timeout' : 'service.lost'));
  };
  const request = (secure ? https : http).request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Pennon', ...headers },
    // A connection of its own: none is kept that was checked for another call.
    agent: false,
    lookup: guarded(url, edges),
    maxHeaderSize: MOST_ANSWER_BYTES,
    signal,
  });
  request.on('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => (asked = true)));
  request.on('error', broken);
  request.on('response', (response) => {
    readResponse(response, url).then((outcome) => {
      resolve(outcome);
      request.destroy();
    }, broken);
  });
  request.end(body);
  return promise;
}

async function readResponse(response: IncomingMessage, url: URL): Promise<ServiceOutcome> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) return failed('service.redirected', String(status));
  if (status < 200 || status >= 400) return failed('service.refused', String(status));
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) return failed('service.answer', `more than ${MOST_ANSWER_BYTES / 1024} kB`);
    chunks.push(chunk);
  }
  const answer = readAnswer(response.headers['content-type'], Buffer.concat(chunks), url);
  return typeof answer === 'string' ? failed('service.answer', answer) : { ok: true, ...answer };
}
