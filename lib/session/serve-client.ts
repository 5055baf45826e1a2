/** The background's side of the ports: states out, calls in, and only with the extension's own pages. */
import { clientProblem } from '../api/client-problem.ts';
import type { Snapshot } from '../api/snapshot.ts';
import type { Answer, ClientState, ClientVerb, ClientVerbs, HubAsk } from './client-state.ts';
import { type BackgroundMessage, CLIENT_PORT, deltaOf, type FrameMessage, type Port, ROWS_PORT } from './port-messages.ts';

/** What the background does for frames. */
export interface ClientHost {
  /** Calls back at once where a state is known, then with every later one. Returns how to stop. */
  subscribe(listener: (state: ClientState) => void): () => void;
  /** Calls back with each module of whose rows the hub says that they have changed. Returns how to stop. */
  follow(heard: (module: string) => void): () => void;
  /** Resolves once the state that was told last is mirrored. */
  mirrored(): Promise<void>;
  /** @param key the same for the same call sent twice: it is done once */
  perform<V extends ClientVerb>(
    verb: V,
    args: Parameters<ClientVerbs[V]>,
    key: string,
  ): Promise<Answer<ReturnType<ClientVerbs[V]>>>;
}

export interface PortHost {
  readonly id: string;
  getURL(path: string): string;
  readonly onConnect: { addListener(listener: (port: Port) => void): void };
}

const VERBS: Readonly<Record<ClientVerb, true>> = {
  signIn: true,
  takeOver: true,
  signOut: true,
  switchProfile: true,
  previewProfile: true,
  setActivity: true,
  setStatus: true,
  setFlow: true,
  command: true,
  refresh: true,
  ask: true,
  painted: true,
};

/** Must be called synchronously when the background starts: a port that wakes it is waiting. */
export function serveClient(runtime: PortHost, host: ClientHost): void {
  /** Calls under way or lately done, by their frame's id: a call sent again gets the first one's answer. */
  const answers = new Map<string, Promise<Answer<unknown>>>();
  runtime.onConnect.addListener((port) => {
    if (port.name !== CLIENT_PORT && port.name !== ROWS_PORT) return;
    if (!isOwnPage(runtime, port)) port.disconnect();
    else if (port.name === ROWS_PORT) port.onDisconnect.addListener(host.follow(posting(port)));
    else serve(port, host, answers);
  });
}

/** Content scripts share the extension's id, but not its address. */
function isOwnPage(runtime: PortHost, { sender }: Port): boolean {
  return sender?.id === runtime.id && sender.url !== undefined && sender.url.startsWith(runtime.getURL(''));
}

/** A port that has gone is told nothing more. */
function posting<M>(port: Port): (message: M) => void {
  let open = true;
  port.onDisconnect.addListener(() => void (open = false));
  return (message) => {
    if (!open) return;
    try {
      port.postMessage(message);
    } catch {
      open = false;
    }
  };
}

function serve(port: Port, host: ClientHost, answers: Map<string, Promise<Answer<unknown>>>): void {
  let sent: Snapshot | null = null;
  const post = posting<BackgroundMessage>(port);
  // Nothing is shown that the next life of the background would not know: it, and frames that open then, would go back.
  const onceMirrored = (tell: () => void) => void host.mirrored().then(tell);
  const stop = host.subscribe(({ snapshot, ...state }) =>
    onceMirrored(() => {
      post({ type: 'state', state, snapshot: deltaOf(sent, snapshot) });
      sent = snapshot;
    }),
  );
  port.onDisconnect.addListener(stop);
  port.onMessage.addListener((message) => {
    if (!isCall(message)) return;
    const { id } = message;
    void answerOf(message, host, answers).then((answer) => onceMirrored(() => post({ type: 'answer', id, answer })));
  });
}

/** So many calls are remembered: a frame sends one again within seconds or not at all. */
const MOST_REMEMBERED = 100;
/** What only reads may be done twice, and its answer may be large. */
const READS: ReadonlySet<ClientVerb> = new Set(['previewProfile', 'refresh', 'painted']);

const isRead = (call: unknown): boolean => (call as Partial<HubAsk> | undefined)?.method === 'GET';

function answerOf(
  { id, verb, args }: FrameMessage,
  host: ClientHost,
  answers: Map<string, Promise<Answer<unknown>>>,
): Promise<Answer<unknown>> {
  const known = answers.get(id);
  if (known) return known;
  const answer = host.perform(verb, args as Parameters<ClientVerbs[typeof verb]>, id).catch((error: unknown) => ({
    ok: false as const,
    problem: clientProblem('client.failed', error instanceof Error ? `${error.name}: ${error.message}` : undefined),
  }));
  if (READS.has(verb) || (verb === 'ask' && isRead(args[0]))) return answer;
  answers.set(id, answer);
  if (answers.size > MOST_REMEMBERED) answers.delete(answers.keys().next().value ?? id);
  return answer;
}

function isCall(message: unknown): message is FrameMessage {
  if (message === null || typeof message !== 'object') return false;
  const { type, id, verb, args } = message as Partial<FrameMessage>;
  return type === 'call' && typeof id === 'string' && typeof verb === 'string' && Object.hasOwn(VERBS, verb) && Array.isArray(args);
}
