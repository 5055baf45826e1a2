/** The hub's command line. Exit codes: 0 done, 1 not done (one sentence says why), 2 wrongly called. */
import { parseArgs } from 'node:util';
import { COMMAND_OPTIONS, commands, UsageError } from './commands.ts';
import { type Config, readConfig } from './config.ts';
import { Fault } from './fault.ts';

const USAGE = `Usage:
  node server/main.ts [--port N] [--host H]                      run the hub
  node server/main.ts account NAME [--licences N]                make an account, or change its licences and what its
                      [--currency CODE]                          invoices are in (ISO 4217, EUR by default)
  node server/main.ts person EMAIL [--name NAME] [--password]    add a person, or change one
                      [--type agent|manager|administrator] [--licence essentials|smart] [--disable | --enable]
  node server/main.ts token --email EMAIL [--days N | --revoke]  print a token for scripts, or end all of them
  node server/main.ts connector NAME [--revoke]                  print a new token for a telephone system or a gateway, or end it
                      [--channels voice,email,messages | all | none]   say what it carries; one that is there keeps its token
                      [--payments]                               it takes the payments that people ask for
  node server/main.ts service-secret [--revoke]                  print a new secret that web services know the hub by, or end it
  node server/main.ts profile NAME                               print a published profile as JSON
  node server/main.ts publish FILE [--profile NAME | --create]   publish a profile from JSON
                      [--message TEXT]
Each also takes --data FOLDER; person, connector, service-secret, profile and publish take --account NAME, needed where there are several.
Everything else is set in the environment: server/config.ts says what and how.`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  ...COMMAND_OPTIONS,
} as const;

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args);
  if (values.help) return console.log(USAGE);
  const [name, ...operands] = positionals;
  const config = readConfig(process.env, { PORT: values.port, HOST: values.host, PENNON_DATA: values.data });
  if (name === undefined) return run(config);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`There is no command ${name}.`);
  await command({ config, operands, values, print: (line) => console.log(line) });
}

/** The hub's own modules are read only here: a command is done before they would be. */
async function run(config: Config): Promise<void> {
  const [{ createHub }, { defaultParts }] = await Promise.all([import('./hub.ts'), import('./default-parts.ts')]);
  const hub = await createHub(config, { parts: defaultParts() });
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    // A second signal changes nothing: closing takes a bounded time, and to leave now would leave the database running.
    if (stopping) return;
    stopping = true;
    hub.context.log.info({ signal }, 'stopping');
    hub.close().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  await hub.listen();
}

function fail(error: unknown): never {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
  console.error(error instanceof Fault ? error.message : error);
  process.exit(1);
}

await main(process.argv.slice(2)).catch(fail);
