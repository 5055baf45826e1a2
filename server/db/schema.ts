/** The tables as Kysely reads them; migrations make them. Timestamps are `Date`s, bigints are numbers (below 2^53). */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Channel, Licence, PersonType, ProfileDocument, ResourceKind } from '../../lib/catalogue/index.ts';
import type { ButtonTrigger } from '../../lib/catalogue/resources.ts';
import type { AnyCommand, ConnectorVerb } from '../../lib/api/connector.ts';
import type { Customer, InteractionView } from '../../lib/api/interaction.ts';
import type { NoticeKind, Told } from '../../lib/api/shapes-supervision.ts';
import type { Status } from '../../lib/api/snapshot.ts';
import type { ProblemCode } from '../../lib/api/problem.ts';
import type { Direction, InteractionState, Outcome } from '../../lib/interaction/machine.ts';

/** As the connector said it: what a person may see of it is decided when it is sent. */
export type StoredCustomer = Omit<Customer, 'masked' | 'shown'>;

type Timestamp = ColumnType<Date, Date | undefined, Date>;

export interface Database {
  hub: { one: Generated<boolean>; epoch: Generated<number> };
  account: { id: Generated<string>; name: string; licences: number; options: Generated<string[]>; profile_limit: Generated<number>; currency: Generated<string>; currency_decimals: Generated<number> };
  person: {
    id: Generated<string>;
    account_id: string;
    name: string;
    email: string;
    licence: Licence;
    type: PersonType;
    allow: Generated<string[]>;
    deny: Generated<string[]>;
    disabled: Generated<boolean>;
    changed_seq: Generated<number>;
    revision: Generated<number>;
  };
  team: { id: Generated<string>; account_id: string; name: string; note: Generated<string>; revision: Generated<number> };
  team_member: { team_id: string; person_id: string; manages: Generated<boolean> };
  profile: {
    id: Generated<string>;
    account_id: string;
    name: string;
    reference: Generated<string>;
    current_version: number | null;
    draft_revision: Generated<number>;
    published_seq: Generated<number>;
    /** When its version was last pushed: of receipts only what was said since counts. Null before the first publish. */
    pushed_at: Date | null;
    /** What its sessions stand on, all of them; null where each has to be looked at. See session/ground.ts. */
    ground: string | null;
    archived: Generated<boolean>;
    changed_at: Timestamp;
    changed_by: string | null;
  };
  profile_version: {
    profile_id: string;
    version: number;
    document: JSONColumnType<ProfileDocument>;
    message: Generated<string>;
    emergency: Generated<boolean>;
    rolled_back_from: number | null;
    published_at: Timestamp;
    published_by: string | null;
  };
  profile_draft: {
    profile_id: string;
    based_on: number | null;
    document: JSONColumnType<ProfileDocument>;
    changed_at: Timestamp;
    changed_by: string | null;
  };
  assignment: {
    person_id: string;
    profile_id: string;
    at_login: Generated<boolean>;
    score: Generated<number>;
    pinned_version: number | null;
  };
  resource: {
    id: Generated<string>;
    account_id: string;
    kind: ResourceKind;
    name: string;
    attributes: JSONColumnType<Record<string, unknown>>;
    archived: Generated<boolean>;
    revision: Generated<number>;
  };
  schedule: {
    id: Generated<string>;
    account_id: string;
    profile_id: string;
    what: 'publish' | 'rollBack';
    at: Date;
    until: Date | null;
    document: ColumnType<ProfileDocument | null, string | null, never>;
    from_version: number | null;
    back_version: number | null;
    to_whom: Generated<'everyone' | 'newAssignments'>;
    emergency: Generated<boolean>;
    message: Generated<string>;
    by_person: string | null;
    state: ColumnType<'waiting' | 'done' | 'cancelled' | 'failed' | 'overtaken', string | undefined, string>;
    problem: string | null;
    made_at: Timestamp;
    ended_at: Date | null;
  };
  profile_editor: {
    profile_id: string;
    person_id: string;
    editing: Generated<boolean>;
    since: Timestamp;
    seen_at: Timestamp;
  };
  session: {
    id: Generated<string>;
    account_id: string;
    person_id: string;
    browser: string;
    profile_id: string | null;
    activity_id: string | null;
    activity_since: Timestamp;
    status: ColumnType<Status, Status | undefined, Status>;
    inbound_until: Date | null;
    outbound_until: Date | null;
    profile_seq: Generated<number>;
    situation_seq: Generated<number>;
    opened_at: Timestamp;
    seen_at: Timestamp;
    closed_at: Date | null;
    closed_because: string | null;
    /** Since when nothing is in hand: who is free longest is asked first. */
    idle_since: Timestamp;
    /** Offers missed since one was accepted, the activity chosen or the profile taken. */
    missed: Generated<number>;
    next_profile_id: string | null;
    /** Since when no incoming call was at it, and none waited for it. */
    quiet_since: Timestamp;
    /** Before it nobody is called for a campaign. */
    campaigns_after: Date | null;
  };
  campaign_subscription: { session_id: string; campaign_id: string; since: Date };
  session_flow: {
    session_id: string;
    channel: Channel;
    is_on: Generated<boolean>;
    forced_by: 'missed' | 'supervisor' | null;
    forced_by_person: string | null;
  };
  notice: {
    id: Generated<string>;
    account_id: string;
    person_id: string;
    at: Timestamp;
    kind: NoticeKind;
    by_person: string | null;
    why: Generated<string>;
    detail: ColumnType<Told['detail'], string | undefined, string>;
    seen_at: Date | null;
  };
  ask: {
    id: Generated<string>;
    account_id: string;
    person_id: string;
    session_id: string;
    control: string;
    note: Generated<string>;
    interaction_id: string | null;
    at: Timestamp;
    answer: 'interaction' | 'today' | 'declined' | 'withdrawn' | null;
    answered_at: Date | null;
    answered_by: string | null;
    time_zone: string | null;
  };
  temporary_grant: {
    id: Generated<string>;
    account_id: string;
    person_id: string;
    control: string;
    fields: string[];
    span: 'interaction' | 'today';
    until: Date | null;
    session_id: string | null;
    interaction_id: string | null;
    by_person: string | null;
    made_at: Timestamp;
    ended_at: Date | null;
  };
  receipt: {
    profile_id: string;
    version: number;
    person_id: string;
    state: 'queued' | 'delivered' | 'applied' | 'leased' | 'failed' | 'offline';
    at: Timestamp;
  };
  change_log: {
    id: Generated<number>;
    xid: Generated<string>;
    account_id: string;
    kind: 'profile' | 'person' | 'session';
    subject_id: string;
    detail: ColumnType<Record<string, unknown>, string | undefined, string>;
    at: Timestamp;
  };
  audit: {
    id: Generated<number>;
    account_id: string;
    at: Timestamp;
    actor_id: string | null;
    action: string;
    subject_id: string | null;
    before: ColumnType<unknown, string | null, never>;
    after: ColumnType<unknown, string | null, never>;
  };
  connector: {
    id: Generated<string>;
    account_id: string;
    name: string;
    hash: Buffer | null;
    made_at: Timestamp;
    /** Null: it never said, and is taken to carry all. */
    channels: Channel[] | null;
    payments: Generated<boolean>;
    heard_at: Date | null;
  };
  connector_event: { interaction_id: string; key: string; digest: Buffer };
  interaction: {
    id: Generated<string>;
    account_id: string;
    connector_id: string;
    ref: string;
    channel: Channel;
    direction: Direction;
    state: InteractionState;
    outcome: Outcome | null;
    smart: boolean;
    queue_id: string | null;
    for_person: string | null;
    session_id: string | null;
    person_id: string | null;
    priority: Generated<number>;
    customer: JSONColumnType<StoredCustomer>;
    subject: Generated<string>;
    opens: Generated<'smallBanner' | 'screen'>;
    auto_recorded: Generated<boolean>;
    recording: Generated<boolean>;
    muted: Generated<boolean>;
    consult: ColumnType<InteractionView['consult'], string | null | undefined, string | null>;
    conference: ColumnType<string[], string | undefined, string>;
    /** Supervisors who hear with. */
    listeners: ColumnType<{ id: string; name: string }[], string | undefined, string>;
    qualification: string | null;
    note: Generated<string>;
    passed_on: ColumnType<{ who: string; note: string } | null, string | null | undefined, string | null>;
    parent_id: string | null;
    /** The second line of a consultation: for which one it is. */
    consults_for: string | null;
    offered_at: Date;
    since: Date;
    accepted_at: Date | null;
    connected_at: Date | null;
    ended_at: Date | null;
    until: Date | null;
    accept_at: Date | null;
    rights_profile: string | null;
    rights_version: number | null;
    /** The last message that was looked at; null while none was. */
    read_to: number | null;
    /** Of a call for a campaign; offered for a look first, it rings like any other. */
    campaign_id: string | null;
    target_id: string | null;
    target_revision: number | null;
  };
  interaction_event: {
    id: Generated<number>;
    interaction_id: string;
    at: Date;
    event: string;
    state: InteractionState;
    person_id: string | null;
    detail: ColumnType<Record<string, unknown>, string | undefined, never>;
  };
  interaction_offer: {
    id: Generated<number>;
    interaction_id: string;
    person_id: string;
    at: Date;
    outcome: 'accepted' | 'missed' | 'refused' | 'givenBack' | 'abandoned' | null;
  };
  interaction_message: { id: Generated<number>; interaction_id: string; at: Date; person_id: string | null; text: string };
  connector_command: {
    id: Generated<string>;
    connector_id: string;
    /** Null of a workflow: `run_id` says which. */
    interaction_id: string | null;
    run_id: string | null;
    verb: ConnectorVerb | 'run';
    message: ColumnType<AnyCommand, string, never>;
    waits: Generated<boolean>;
    at: Date;
    answered_at: Date | null;
    settled_at: Date | null;
    result: 'done' | 'failed' | 'timeout' | null;
    why: string | null;
  };
  button_run: {
    id: Generated<string>;
    account_id: string;
    person_id: string;
    session_id: string | null;
    button_id: string;
    control: string;
    subject: Generated<string>;
    interaction_id: string | null;
    trigger: ButtonTrigger;
    opens: 'workflow' | 'webService';
    key: string;
    target: string;
    body: string | null;
    state: 'asked' | 'calling' | 'done' | 'failed';
    at: Date;
    begun_at: Date | null;
    ended_at: Date | null;
    problem: ProblemCode | null;
    why: string | null;
    message: string | null;
    open: string | null;
  };
  service_secret: { account_id: string; secret: string; earlier: string | null; earlier_until: Date | null; made_at: Timestamp };
  lease: { session_id: string; interaction_id: string; control: string; made_at: Timestamp };
  idempotency: {
    person_id: string;
    key: string;
    request: string;
    status: number | null;
    body: string | null;
    at: Timestamp;
  };
  record: {
    id: Generated<string>;
    account_id: string;
    module: string;
    owner_id: string | null;
    resource_id: string | null;
    people: string[] | null;
    values: JSONColumnType<Record<string, unknown>>;
    words: unknown;
    open_words: unknown;
    tags: string[];
    revision: Generated<number>;
    created_at: Timestamp;
    created_by: string | null;
    changed_at: Timestamp;
    deleted_at: Date | null;
    deleted_by: string | null;
  };
  record_key: { record_id: string; account_id: string; module: string; sort: string; key: string };
  record_file: { record_id: string; name: string; type: string; bytes: Buffer };
  record_counter: { account_id: string; letter: string; last: number };
  payment_request: {
    id: Generated<string>;
    account_id: string;
    invoice_id: string;
    resource_id: string | null;
    way: 'card' | 'smartRouting' | 'linkSms' | 'linkEmail';
    sent_to: string | null;
    amount: number;
    state: ColumnType<'pending' | 'confirmed' | 'failed', string | undefined, string>;
    asked_by: string | null;
    asked_at: Timestamp;
    ended_at: Date | null;
  };
}
