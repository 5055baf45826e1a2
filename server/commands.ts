/** The commands beside running the hub: each works with a running hub's database, or starts one for itself alone. */
import { type Channel, CHANNELS, LICENCES, PERSON_TYPES } from '../lib/catalogue/index.ts';
import { createApiToken, revokeApiTokens } from './auth/api-tokens.ts';
import type { AuthDatabase } from './auth/tables.ts';
import type { Config } from './config.ts';
import { createServiceSecret, revokeServiceSecret } from './buttons/sign.ts';
import { changeChannels, createConnector, revokeConnector } from './connector/connectors.ts';
import type { Db } from './db/connect.ts';
import { migrate } from './db/migrate.ts';
import { Fault } from './fault.ts';
import { openDatabase } from './open-database.ts';
import { findAccount } from './people/find-account.ts';
import { putAccount } from './people/put-account.ts';
import { putPerson } from './people/put-person.ts';
import { printProfile } from './profiles/print-profile.ts';
import { publishFile } from './profiles/publish-file.ts';

/** Wrongly called: the usage is printed too. */
export class UsageError extends Error {}

export const COMMAND_OPTIONS = {
  email: { type: 'string' },
  days: { type: 'string' },
  revoke: { type: 'boolean' },
  profile: { type: 'string' },
  create: { type: 'boolean' },
  channels: { type: 'string' },
  payments: { type: 'boolean' },
  account: { type: 'string' },
  message: { type: 'string' },
  licences: { type: 'string' },
  currency: { type: 'string' },
  name: { type: 'string' },
  type: { type: 'string' },
  licence: { type: 'string' },
  password: { type: 'boolean' },
  disable: { type: 'boolean' },
  enable: { type: 'boolean' },
} as const;

export type CommandValues = {
  readonly [N in keyof typeof COMMAND_OPTIONS]?: (typeof COMMAND_OPTIONS)[N]['type'] extends 'string' ? string : boolean;
};

export interface Invocation {
  readonly config: Config;
  readonly operands: readonly string[];
  readonly values: CommandValues;
  readonly print: (line: string) => void;
}

export const commands: Readonly<Record<string, (invocation: Invocation) => Promise<void>>> = {
  async token({ config, operands, values: { email, days = '365', revoke = false }, print }) {
    if (operands.length > 0 || !email) throw new UsageError('token needs --email.');
    const until = wholeNumber('--days', days, 9999);
    if (revoke) {
      return withDatabase(config, async (db) => {
        const ended = await revokeApiTokens(db as unknown as AuthDatabase, email);
        print(`Ended ${ended} ${ended === 1 ? 'token' : 'tokens'} of ${email}.`);
      });
    }
    await withDatabase(config, async (db) => print(await createApiToken(db as unknown as AuthDatabase, email, until)));
  },

  async connector({ config, operands, values: { account, revoke = false, channels: said, payments }, print }) {
    const [name] = operands;
    if (!name || name.length > 200 || operands.length > 1) throw new UsageError('connector takes one name; put it in quotes where it has spaces.');
    if (revoke && (said !== undefined || payments)) throw new UsageError('Give --channels and --payments, or --revoke.');
    const channels = said === undefined ? undefined : channelsIn(said);
    await withDatabase(config, async (db) => {
      const accountId = await findAccount(db, account);
      // One at work keeps its token: nobody is to lose their telephone by saying what it carries.
      if (channels !== undefined && !payments && (await changeChannels(db, accountId, name, channels))) return print(`${name} now carries ${(channels ?? CHANNELS).join(', ')}.`);
      if (!revoke) return print((await createConnector(db, accountId, name, channels, payments)).token);
      if (!(await revokeConnector(db, accountId, name))) throw new Fault(`There is no connector ${name}.`);
      print(`Ended the token of ${name}.`);
    });
  },

  async 'service-secret'({ config, operands, values: { account, revoke = false }, print }) {
    if (operands.length > 0) throw new UsageError('service-secret takes no name; --account says of which account.');
    await withDatabase(config, async (db) => {
      const accountId = await findAccount(db, account);
      if (!revoke) return print(await createServiceSecret(db, accountId, Date.now()));
      if (!(await revokeServiceSecret(db, accountId))) throw new Fault('There is no secret for web services.');
      print('Ended the secret for web services: none is called until there is another.');
    });
  },

  async profile({ config, operands, values: { account }, print }) {
    const [name] = operands;
    if (!name || operands.length > 1) throw new UsageError('profile takes one name; put it in quotes where it has spaces.');
    await withDatabase(config, async (db) => print(await printProfile(db, name, account)));
  },

  async publish({ config, operands, values: { profile, create = false, account, message }, print }) {
    const [file] = operands;
    if (!file || operands.length > 1) throw new UsageError('publish takes one file.');
    if (profile !== undefined && create) throw new UsageError('Give --profile or --create, not both.');
    await withDatabase(config, async (db) => {
      const { name, version } = await publishFile(db, file, { profile, create, account, message });
      print(`Published ${name}, version ${version}.`);
    });
  },

  async account({ config, operands, values: { licences, currency }, print }) {
    const [name] = operands;
    if (!name || operands.length > 1) throw new UsageError('account takes one name.');
    const change = { licences: licences === undefined ? undefined : wholeNumber('--licences', licences, 1_000_000), currency: oneOf('--currency', currency, Intl.supportedValuesOf('currency'), 'an ISO 4217 code, such as EUR') };
    await withDatabase(config, async (db) => {
      const { made, licences: most, currency: code } = await putAccount(db, name, change);
      print(`${made ? 'Made' : 'Changed'} the account ${name}, with ${most} licences${currency === undefined ? '' : ` and invoices in ${code}`}.`);
    });
  },

  async person({ config, operands, values, print }) {
    const [email] = operands;
    if (!email?.includes('@') || operands.length > 1) throw new UsageError('person takes one email address.');
    if (values.disable && values.enable) throw new UsageError('Give --disable or --enable, not both.');
    const type = oneOf('--type', values.type, PERSON_TYPES);
    const licence = oneOf('--licence', values.licence, LICENCES);
    const disabled = values.disable ? true : values.enable ? false : undefined;
    await withDatabase(config, async (db) => {
      const accountId = await findAccount(db, values.account);
      const change = { email, name: values.name, type, licence, disabled, newPassword: values.password ?? false };
      const { made, password } = await putPerson(db, accountId, change);
      print(`${made ? 'Added' : 'Changed'} ${email}.`);
      if (password) print(`Password: ${password}`);
    });
  },
};

async function withDatabase(config: Config, work: (db: Db) => Promise<void>): Promise<void> {
  const database = await openDatabase(config, { beside: true });
  try {
    await migrate(database.db);
    await work(database.db);
  } finally {
    await database.close();
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new UsageError(`${option} is a whole number from 1 to ${most}.`);
  return number;
}

/** @returns null for all */
function channelsIn(text: string): readonly Channel[] | null {
  if (text === 'all') return null;
  // One that takes payments and nothing else.
  if (text === 'none') return [];
  const names = text.split(',').map((name) => name.trim());
  const chosen = CHANNELS.filter((channel) => names.includes(channel));
  if (chosen.length !== new Set(names).size) throw new UsageError(`--channels is all, none, or some of ${CHANNELS.join(', ')} with commas between.`);
  return chosen;
}

function oneOf<T extends string>(option: string, text: string | undefined, choices: readonly T[], which = `one of ${choices.join(', ')}`): T | undefined {
  const chosen = choices.find((choice) => choice === text);
  if (text !== undefined && chosen === undefined) throw new UsageError(`${option} is ${which}.`);
  return chosen;
}
