import { PROBLEM_TYPE, PROBLEMS, type Problem, type ProblemCode, problemType } from '../../lib/api/problem.ts';

type Extras = Partial<Pick<Problem, 'detail' | 'control' | 'reason' | 'issues' | 'retryAfter'>> & Record<string, unknown>;

/** Thrown by a handler to refuse: becomes an RFC 9457 problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly extras: Extras;
  readonly headers: Readonly<Record<string, string>>;

  /** @param extras go into the document as they are: nothing personal, no token */
  constructor(code: ProblemCode, extras: Extras = {}, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.code = code;
    this.extras = extras;
    this.headers = headers;
  }

  get status(): number {
    return PROBLEMS[this.code];
  }

  toResponse(): Response {
    const { status, code } = this;
    const body: Problem = { type: problemType(code), title: TITLES[status] ?? 'Error', status, code, ...this.extras };
    const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE, ...this.headers };
    if (this.extras.retryAfter !== undefined) headers['retry-after'] = String(Math.ceil(this.extras.retryAfter));
    if (status === 401) headers['www-authenticate'] = code === 'auth.missing' ? 'Bearer' : 'Bearer error="invalid_token"';
    return new Response(JSON.stringify(body), { status, headers });
  }
}

/** A title is the same for all problems of a status (RFC 9457, 3.1.3); the code says which it is. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  428: 'Precondition required',
  429: 'Too many requests',
  500: 'The hub failed',
  501: 'Not available yet',
  502: 'Another service failed',
  503: 'Not available',
  504: 'Another service is late',
};
