/**
 * The least that is a connector: it offers one call, and answers whatever the hub asks. Node 24 and nothing else:
 *
 *     PENNON_CONNECTOR_TOKEN=pnc_… node docs/examples/connector.ts http://127.0.0.1:7420 "Motor claims"
 */
const [hub = 'http://127.0.0.1:7420', queueName] = process.argv.slice(2);
const token = process.env['PENNON_CONNECTOR_TOKEN'] ?? '';

interface Command {
  readonly id: string;
  readonly verb: string;
  /** Of a workflow that is started from the bar: none. */
  readonly interactionId?: string;
  readonly workflow?: string;
  /** The name that we gave it when we offered it. */
  readonly ref?: string;
  readonly to?: { readonly address?: string; readonly label?: string };
}
interface Places {
  readonly connector: { readonly name: string };
  readonly queues: readonly { readonly id: string; readonly name: string; readonly channels: readonly string[] }[];
}

async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${hub}/api/connector${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Says what happened until the hub has heard it: under its key it counts once, however often it is said. */
async function report(interactionId: string, event: object): Promise<void> {
  const said = { key: crypto.randomUUID(), ...event };
  for (let tries = 0; ; tries += 1) {
    try {
      return void (await call('POST', `/interactions/${interactionId}/events`, said));
    } catch (error) {
      // What the hub does not take now, it never takes.
      if (/: 4(?!29)\d\d /.test(String(error))) return console.error(String(error));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(30_000, 500 * 2 ** tries)));
    }
  }
}

/** One name for one call: however often it is offered, it is there once. */
const ref = `example-${Date.now()}`;

async function offerCall(): Promise<void> {
  const { connector, queues } = await call<Places>('GET', '');
  const queue = queues.find(({ name, channels }) => channels.includes('voice') && (queueName === undefined || name === queueName));
  if (!queue) throw new Error(`There is no queue for calls${queueName ? ` named ${queueName}` : ''}.`);
  const customer = { name: 'Camille Besson', address: '+33199004712', reference: '20418', language: 'fr' };
  const { id, state } = await call<{ id: string; state: string }>('POST', '/interactions', { ref, channel: 'voice', queueId: queue.id, customer, subject: 'Windscreen' });
  console.log(`${connector.name} offered ${ref} to ${queue.name}: ${id}, ${state}`);
}

/** Where a telephone system would do it. Here everything goes well; `failed` and a sentence in `why` says that it did not. */
function carryOut({ verb, to, workflow }: Command): { readonly result: 'done'; readonly ref?: string; readonly message?: string } {
  if (verb === 'run') return { result: 'done', message: `${workflow} has started.` };
  if (verb === 'hangup') setTimeout(() => process.exit(0), 500);
  return verb === 'dial' ? { result: 'done', ref: `example-out-${to?.address}-${Date.now()}` } : { result: 'done' };
}

/** What was carried out, by the command's id: a command that comes twice is answered twice, and done once. */
const answers = new Map<string, ReturnType<typeof carryOut>>();
let failures = 0;

function connect(): void {
  const socket = new WebSocket(`${hub.replace(/^http/, 'ws')}/api/connector`, 'pennon.connector.v1');
  const say = (message: object) => socket.send(JSON.stringify(message));
  const beat = setInterval(() => socket.readyState === WebSocket.OPEN && say({ type: 'beat' }), 20_000);
  socket.addEventListener('open', () => say({ type: 'hello', token }));
  socket.addEventListener('message', async ({ data }) => {
    const message = JSON.parse(String(data)) as { readonly type: string } & Command;
    if (message.type === 'welcome') {
      failures = 0;
      await offerCall().catch((error: Error) => console.error(error.message));
    } else if (message.type === 'command') {
      const answer = answers.get(message.id) ?? carryOut(message);
      answers.set(message.id, answer);
      console.log(`${message.verb} ${message.ref ?? message.workflow}: ${answer.result}`);
      say({ type: 'answer', id: message.id, ...answer });
      if (message.verb === 'dial') setTimeout(() => void report(message.interactionId, { event: 'answered' }), 3000);
    }
  });
  socket.addEventListener('close', ({ code }) => {
    clearInterval(beat);
    // 1008: the hub does not take what was said; a token that is not known does not become known.
    if (code === 1008) {
      console.error('The hub does not take this token.');
      process.exit(1);
    }
    failures += 1;
    setTimeout(connect, Math.random() * Math.min(30_000, 500 * 2 ** failures));
  });
}
connect();
