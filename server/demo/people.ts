/** The demo centre's people: who they are, what they may, and which profiles they hold, the one at login first. */
import type { GrantId, Licence, PersonType } from '../../lib/catalogue/index.ts';
import type { ProfileKey } from './profiles.ts';

export const CENTRE = { name: 'Harbour Mutual', licences: 25, options: ['accounting'] } as const;

/** The same for all of them: a demo keeps no secret. */
export const DEMO_PASSWORD = 'harbour-demo';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly licence: Licence;
  readonly type: PersonType;
  readonly profiles: readonly ProfileKey[];
  readonly allow?: readonly GrantId[];
  readonly deny?: readonly GrantId[];
  /** What is special about them, for whoever tries the demo. */
  readonly note?: string;
}

const person = (
  name: string,
  profiles: readonly ProfileKey[],
  more: Partial<Omit<DemoPerson, 'name' | 'profiles'>> = {},
): DemoPerson => ({
  name,
  email: `${(name.split(' ')[0] as string).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}@harbour.example`,
  licence: 'smart',
  type: 'agent',
  profiles,
  ...more,
});

export const people = {
  amira: person('Amira Haddad', ['inbound', 'outbound', 'messaging']),
  ben: person('Ben Okafor', ['inbound', 'billing']),
  chloe: person('Chloé Laurent', ['email', 'messaging']),
  diego: person('Diego Ramos', ['outbound', 'inbound']),
  elif: person('Elif Kaya', ['messaging']),
  femi: person('Femi Adeyemi', ['inbound'], { licence: 'essentials', note: 'Essentials licence: no smart distribution' }),
  grace: person('Grace Lindqvist', ['billing', 'email'], {
    allow: ['recording.access', 'recording.download'],
    note: 'May listen to recordings besides her profile',
  }),
  hugo: person('Hugo Martin', ['inbound', 'outbound'], {
    deny: ['flow.voice.process.manualRecord', 'transfers.external'],
    note: 'May not record or transfer outside, whatever his profile says',
  }),
  ines: person('Inês Costa', ['inbound', 'email', 'messaging']),
  jonas: person('Jonas Weber', ['email']),
  karin: person('Karin Nyström', ['leader', 'inbound', 'outbound'], { type: 'manager' }),
  luis: person('Luis Ferreira', ['leader', 'email', 'messaging'], {
    type: 'manager',
    allow: ['evaluation.delete'],
    note: 'May delete evaluations besides his profile',
  }),
  maya: person('Maya Cohen', ['everything', 'leader', 'inbound'], { type: 'administrator', note: 'Edits and publishes the profiles' }),
  noor: person('Noor Aziz', [], { note: 'New today: no profile yet, core controls only' }),
  petra: person('Petra Novak', ['sales', 'outbound'], {
    type: 'manager',
    note: 'Has the Maker too, for campaigns, people and voice menus; may not publish',
  }),
} as const satisfies Record<string, DemoPerson>;
export type PersonKey = keyof typeof people;

interface DemoTeam {
  readonly name: string;
  readonly note: string;
  readonly managers: readonly PersonKey[];
  readonly members: readonly PersonKey[];
}

export const teams: readonly DemoTeam[] = [
  { name: 'Claims line', note: 'Motor and home, by telephone', managers: ['karin'], members: ['amira', 'ben', 'diego', 'femi', 'hugo', 'ines'] },
  { name: 'Digital desk', note: 'Email, website chat and messages', managers: ['luis'], members: ['chloe', 'elif', 'jonas', 'ines', 'amira'] },
  { name: 'Billing', note: 'Premiums, refunds and reminders', managers: ['karin', 'luis'], members: ['grace', 'ben'] },
  { name: 'Sales', note: 'Renewals and customers who left', managers: ['petra'], members: ['amira', 'diego', 'hugo'] },
];
