/** What the demo centre's profiles point to, by kind and by a key of its own. `{demo}` stands for the demo CRM's address. */
import type { CriteriaSection, ResourceKind } from '../../lib/catalogue/index.ts';
import { claimCall, writing } from './grids.ts';

type Attributes = Readonly<Record<string, string | number | boolean | readonly CriteriaSection[]>>;
type Declared = Readonly<Record<string, readonly [name: string, attributes?: Attributes]>>;

const processing = (...channels: readonly ('voice' | 'email' | 'messages' | 'campaigns')[]): Attributes => ({
  category: 'processing',
  ...Object.fromEntries(['voice', 'email', 'messages', 'campaigns'].map((name) => [name, (channels as readonly string[]).includes(name)])),
});
const productive: Attributes = { category: 'productive', voice: false, email: false, messages: false, campaigns: false };
const unavailable: Attributes = { ...productive, category: 'unavailable' };

const button = (
  place: 'topBar' | 'interaction' | 'crmCard' | 'case',
  target: string,
  icon: string,
  colour: string,
  more: Attributes = {},
): Attributes => ({ place, opens: 'url', target, icon, colour, trigger: 'byHand', condition: '', ...more });

export const resources = {
  activity: {
    calls: ['Calls', processing('voice')],
    callsAndEmail: ['Calls and email', processing('voice', 'email')],
    email: ['Email', processing('email')],
    messaging: ['Messaging', processing('messages')],
    outbound: ['Outbound', processing('voice', 'campaigns')],
    allChannels: ['All channels', processing('voice', 'email', 'messages', 'campaigns')],
    backOffice: ['Back office', productive],
    training: ['Training', productive],
    meeting: ['Meeting', productive],
    coaching: ['Coaching', productive],
    break: ['Break', unavailable],
    lunch: ['Lunch', unavailable],
    missed: ['Away, calls missed', unavailable],
  },
  queue: {
    motorClaims: ['Motor claims', { voice: true, email: true, messages: true, note: 'Accidents, theft, glass' }],
    homeClaims: ['Home claims', { voice: true, email: true, messages: true, note: 'Water, fire, burglary' }],
    newCustomers: ['New customers', { voice: true, email: false, messages: true, note: 'Quotes and first contracts' }],
    documents: ['Documents', { voice: false, email: true, messages: false, note: 'Attestations and statements' }],
    complaints: ['Complaints', { voice: true, email: true, messages: false, note: 'Answer within ten days' }],
    chat: ['Website chat', { voice: false, email: false, messages: true, note: 'Chat, WhatsApp and SMS' }],
    billing: ['Billing', { voice: true, email: true, messages: false, dispositions: 'Explained\nPayment arranged\nRefund agreed\nPassed to accounting', note: 'Premiums, refunds, reminders' }],
  },
  transferRule: {
    claims: ['To claims', { to: 'queue', target: 'Motor claims' }],
    complaints: ['To complaints', { to: 'queue', target: 'Complaints' }],
    colleague: ['To a colleague', { to: 'advisor', target: '' }],
    assistance: ['Roadside assistance', { to: 'external', target: '+33199000112' }],
    night: ['Out of hours', { to: 'smartRouting', target: 'night-and-weekend' }],
  },
  voiceCampaign: {
    renewals: ['Autumn renewals', { active: true, note: 'Contracts that end before the new year', dispositions: 'Renewed\nThinks about it\nNo interest\nWrong number' }],
    winback: ['Win back', { active: true, note: 'Customers who left in the last year', dispositions: 'Comes back\nWants an offer\nNo interest\nWrong number' }],
    survey: ['After-claim survey', { active: false, note: 'Paused until January', dispositions: 'Content\nNot content\nNo answer given' }],
  },
  smsCampaign: {
    reminders: ['Payment reminders', { active: true, text: 'Harbour Mutual: {customer}, your premium is taken in three days. Questions? Answer this message.', sender: 'HARBOUR', note: 'Three days before the premium is taken' }],
    storm: ['Storm warnings', { active: true, text: 'Harbour Mutual: storm expected in your department. Close shutters, park under cover. After damage answer this message.', sender: 'Claims desk', note: 'By department' }],
  },
  customButton: {
    crm: ['Customers', button('topBar', '{demo}/', 'building-2', '#2454d6')],
    newClaim: ['New claim', button('topBar', '{demo}/customers/20418#new-claim', 'clipboard-pen-line', '#0f766e')],
    tariffs: ['Tariffs', button('topBar', '{demo}/tariffs', 'book-open', '#7c3aed')],
    openCustomer: ['Open customer', button('interaction', '{demo}/?q={number}', 'contact', '#2454d6', { trigger: 'accepted' })],
    startClaim: ['Start claim', button('interaction', '{demo}/customers/20418#new-claim', 'clipboard-pen-line', '#0f766e', { condition: 'channel = voice' })],
    callback: ['Plan a call back', button('interaction', 'plan-call-back', 'calendar-clock', '#b45309', { opens: 'workflow' })],
    card: ['Print card', button('crmCard', '{demo}/tariffs', 'receipt-text', '#475569')],
    escalate: ['Escalate', button('case', '{demo}/services/escalate', 'triangle-alert', '#b3261e', { opens: 'webService' })],
  },
  directory: {
    branches: ['Branches', { note: 'Offices and their opening hours' }],
    experts: ['Loss adjusters', { note: 'By region and speciality' }],
  },
  knowledgeBase: {
    products: ['Products and cover', { note: 'What is insured, and what is not' }],
    procedures: ['Procedures', { note: 'Step by step, by kind of claim' }],
  },
  documentCenter: {
    forms: ['Forms', { note: 'Claim forms and attestations' }],
    letters: ['Letters', { note: 'Models in three languages' }],
  },
  smsNumber: {
    harbour: ['HARBOUR', { number: '+33639000100' }],
    claims: ['Claims desk', { number: '+33639000101' }],
  },
  smsTemplate: {
    received: ['Claim received', { text: 'Harbour Mutual: we have received your claim {case}. We call you within two working days.' }],
    appointment: ['Appointment', { text: 'Harbour Mutual: our loss adjuster comes on {date}. Answer 1 to confirm.' }],
    paymentLink: ['Payment link', { text: 'Harbour Mutual: you can pay your premium here: {link}' }],
  },
  voiceMailbox: {
    claims: ['Claims mailbox', { number: '+33199000190' }],
    billing: ['Billing mailbox', { number: '+33199000191' }],
  },
  category: {
    callBack: ['Call back', { note: 'Within one working day' }],
    documents: ['Missing documents', { note: '' }],
    complaint: ['Complaint', { note: 'Always seen by a team leader' }],
  },
  platform: {
    lyon: ['Lyon', { note: '80 seats' }],
    nantes: ['Nantes', { note: '45 seats' }],
  },
  paymentModule: { cards: ['Card payments', { provider: 'Quayside Pay' }] },
  evaluationGrid: {
    claimCall: ['Claim call', { passScore: 75, sections: claimCall }],
    writing: ['Written answer', { passScore: 70, sections: writing }],
  },
  crm: {
    harbour: ['Harbour CRM', { address: '{demo}/', external: false }],
    brokers: ['Broker portal', { address: '{demo}/tariffs', external: true }],
  },
  survey: {
    afterCall: ['After a call', { note: 'Two questions' }],
    afterClaim: ['After a claim', { note: 'Five questions, by email' }],
  },
  outboundHub: {
    renewals: ['Renewals', { active: true, lists: 'Expiring in May\nExpiring in June', note: 'Feeds the autumn renewals' }],
    winback: ['Customers who left', { active: false, lists: 'Left in spring', note: 'Feeds the win-back calls' }],
  },
  ivr: {
    claims: ['Claims line', { number: '+33 4 72 00 00 10', note: 'Open round the clock' }],
    sales: ['Quotes and renewals', { number: '+33 4 72 00 00 20', note: '9 to 19, Monday to Saturday' }],
    billing: ['Billing line', { number: '+33 4 72 00 00 30', note: '9 to 17, Monday to Friday' }],
  },
  wallboard: {
    lyon: ['Lyon floor', { note: 'Waiting, longest wait, on a call', code: '<wallboard><waiting/><longest-wait/><on-a-call/></wallboard>' }],
    sales: ['Sales floor', { note: 'Renewed today, by person', code: '<wallboard><renewed by="person"/></wallboard>' }],
  },
  form: {
    complaint: ['Complaint form', { note: 'Filled in with the customer', code: '<form><text name="what" required/><date name="since"/></form>' }],
    callBack: ['Call-back request', { note: 'On the website', code: '<form><phone name="number" required/><time name="when"/></form>' }],
  },
} as const satisfies Record<Exclude<ResourceKind, 'person' | 'team'>, Declared>;

export type DemoKind = keyof typeof resources;
export type ResourceKey<K extends DemoKind = DemoKind> = K extends DemoKind ? keyof (typeof resources)[K] & string : never;
