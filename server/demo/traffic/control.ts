/**
 * A script's hand on the traffic, on the loopback alone: offers, ends and writes when it is told to, and tells what the hub
 * asked. What a script offers does nothing by itself but what the script says.
 *
 *     POST /offer    { channel, queue | person, customer?, subject?, text?, priority?, waits?, stays?, replies? }
 *     POST /end      { ref }                    the customer hangs up, closes the chat, takes the email back
 *     POST /write    { ref, text }              the customer writes more
 *     POST /happen   { ref, event, why? }       `answered`, `failed`, `consultAnswered`, `consultEnded`
 *     POST /fail     { verb, why }              the next command of the verb fails
 *     GET  /log      what the hub asked, and how it was answered
 *     GET  /contacts who is there
 *
 * Queues go by name or id, people by email address or id; `waits` and `stays` are milliseconds, for ever without.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import * as v from 'valibot';
import { CONNECTOR_VERBS, connectorOffer } from '../../../lib/api/connector.ts';
import { CHANNELS } from '../../../lib/catalogue/types.ts';
import { customers } from './customers.ts';
import type { OtherSide } from './day.ts';
import type { Places } from './offering.ts';
import type { Traffic } from './traffic.ts';

const milliseconds = v.optional(v.nullable(v.pipe(v.number(), v.minValue(0))), null);
const ref = v.string();
const bodies = {
  '/offer': v.object({
    channel: v.picklist(CHANNELS),
    queue: v.optional(v.string()),
    person: v.optional(v.string()),
    customer: v.optional(connectorOffer.entries.customer),
    subject: connectorOffer.entries.subject,
    text: connectorOffer.entries.text,
    priority: connectorOffer.entries.priority,
    waits: milliseconds,
    stays: milliseconds,
    replies: v.optional(v.array(v.string()), []),
  }),
  '/end': v.object({ ref }),
  '/write': v.object({ ref, text: v.string() }),
  '/happen': v.object({ ref, event: v.picklist(['answered', 'failed', 'consultAnswered', 'consultEnded']), why: v.optional(v.string()) }),
  '/fail': v.object({ verb: v.picklist([...CONNECTOR_VERBS, 'run']), why: v.optional(v.string(), 'The telephone system could not do it.') }),
} as const;
type Path = keyof typeof bodies;
type Body<P extends Path> = v.InferOutput<(typeof bodies)[P]>;

/** What is wrong with what was asked, for whoever asked. */
class Refusal extends Error {}

const MOST_BYTES = 100_000;

/** @param run part of the names that it gives */
export function createControl(traffic: Traffic, run: string): Server {
  let named = 0;
  const there = (name: string): void => {
    if (!traffic.contacts().has(name)) throw new Refusal(`There is no ${name} any more.`);
  };
  const acts: { readonly [P in Path]: (body: Body<P>) => unknown } = {
    '/offer': (body) => offer(traffic, `${run}-s${(named += 1)}`, body),
    '/end'(body) {
      there(body.ref);
      traffic.hear({ type: 'end', ref: body.ref });
    },
    '/write'({ ref: name, text }) {
      there(name);
      traffic.hear({ type: 'write', ref: name, text });
    },
    '/happen'({ ref: name, event, why }) {
      there(name);
      traffic.hear({ type: 'otherSide', ref: name, event: { event, ...(why === undefined ? {} : { why }) } as OtherSide });
    },
    '/fail': ({ verb, why }) => traffic.hear({ type: 'fail', verb, why }),
  };
  const reads: Readonly<Record<string, () => unknown>> = {
    '/log': () => ({ commands: traffic.asked() }),
    '/contacts': () => ({ contacts: [...traffic.contacts().values()] }),
  };

  async function answer(request: IncomingMessage): Promise<unknown> {
    const path = request.url ?? '';
    // A page in a browser sends where it is from; a script has no reason to.
    if (request.headers.origin !== undefined) throw new Refusal('Not for web pages.');
    const read = request.method === 'GET' ? reads[path] : undefined;
    if (read) return read();
    if (request.method !== 'POST' || !Object.hasOwn(bodies, path)) throw new Refusal('There is no such thing here.');
    const body = v.safeParse(bodies[path as Path], await readJson(request));
    if (!body.success) throw new Refusal(body.issues.map((issue) => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('; '));
    return (await acts[path as Path](body.output as never)) ?? {};
  }

  return createServer((request, response) => {
    const say = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    answer(request).then(
      (body) => say(200, body),
      (error: unknown) => say(error instanceof Refusal ? 400 : 500, { error: String((error as Error).message) }),
    );
  });
}

async function offer(traffic: Traffic, name: string, { queue, person, customer, waits, stays, replies, ...rest }: Body<'/offer'>): Promise<{ ref: string; id: string }> {
  const places = traffic.places();
  if (!places) throw new Refusal('The hub is not there yet.');
  const offered = traffic.offered(name);
  const to = placeOf(places, queue, person);
  traffic.hear({ type: 'script', ref: name, scripted: { offer: { ...rest, ...to, customer: customer ?? anybody(rest.channel) }, waits, stays, replies } });
  const id = await offered.catch((error: Error) => {
    throw new Refusal(error.message);
  });
  return { ref: name, id };
}

function placeOf({ queues, people }: Places, queue: string | undefined, person: string | undefined): { queueId: string } | { personId: string } {
  const queueId = queues.find(({ id, name }) => id === queue || name === queue)?.id;
  const personId = people.find(({ id, email }) => id === person || email === person)?.id;
  if (queueId !== undefined && person === undefined) return { queueId };
  if (personId !== undefined && queue === undefined) return { personId };
  throw new Refusal('Say a queue or a person that there is, one of the two.');
}

/** The first customer of the CRM. */
function anybody(channel: Body<'/offer'>['channel']) {
  const [{ name, reference, language, email, phone, mobile }] = customers as readonly [(typeof customers)[number]];
  return { name, reference, language, address: channel === 'email' ? email : channel === 'voice' ? phone : mobile };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_BYTES) throw new Refusal('That is too much.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('That is no JSON.');
  }
}
