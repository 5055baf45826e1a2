/**
 * The shapes of the catalogue. Everything here is plain data, so that the catalogue can be printed as JSON and used
 * by a hub in another language.
 */

export const CHANNELS = ['voice', 'email', 'messages'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The order in which the terms of a control are looked at: the first false one is the reason shown. */
export const LAYERS = [
  'safety',
  'licence',
  'person',
  'account',
  'profile',
  'resource',
  'activity',
  'supervisor',
  'interaction',
  'connection',
] as const;
export type Layer = (typeof LAYERS)[number];

/** `essentials` < `smart`: smart distribution, its flows, pools and queues come with the second. */
export const LICENCES = ['essentials', 'smart'] as const;
export type Licence = (typeof LICENCES)[number];

export const PERSON_TYPES = ['agent', 'manager', 'administrator'] as const;
export type PersonType = (typeof PERSON_TYPES)[number];

/** Processing is drawn green, productive unavailability purple, non-productive unavailability blue. */
export const ACTIVITY_CATEGORIES = ['processing', 'productive', 'unavailable'] as const;
export const BUTTON_PLACES = ['topBar', 'interaction', 'crmCard', 'case'] as const;

/** Where a rule comes from: `S` and `A` are stated by the vendor modelled on, `P` is our own proposal. */
export type Source = 'S' | 'A' | 'P';

/** What must hold for a field to mean anything. Every control that needs the field needs these too. */
export type Dependency =
  | { readonly on: 'field'; readonly field: string }
  | { readonly on: 'anyField'; readonly fields: readonly string[] }
  | { readonly on: 'licence'; readonly licence: Licence }
  | { readonly on: 'personType'; readonly types: readonly PersonType[] }
  | { readonly on: 'account'; readonly option: AccountOption }
  | { readonly on: 'row'; readonly tab: string; readonly where?: Readonly<Record<string, boolean>> };

/** What an account as a whole has or has not, whatever its profiles say. */
export const ACCOUNT_OPTIONS = ['accounting'] as const;
export type AccountOption = (typeof ACCOUNT_OPTIONS)[number];

interface FieldBase<Id extends string> {
  readonly id: Id;
  /** Message key of the name a person reads. */
  readonly label: string;
  readonly source: Source;
  /** The column of a section drawn in columns (flow). */
  readonly column?: Channel;
  /** Rows of a section that belong together under one small heading; a message key. */
  readonly group?: string;
  readonly dependsOn?: readonly Dependency[];
  /** Of a resource: the special verb of its module that alone may change this attribute, instead of *update*. */
  readonly verb?: string;
}

export interface BooleanField<Id extends string = string> extends FieldBase<Id> {
  readonly type: 'boolean';
  readonly default: false;
  /** On, it takes something away: to turn it off is to grant. */
  readonly hides?: true;
}
export interface IntegerField<Id extends string = string, Default extends number | null = number | null>
  extends FieldBase<Id> {
  readonly type: 'integer';
  readonly min: number;
  readonly max: number;
  readonly unit: 'seconds' | 'percent' | 'interactions' | 'score';
  /** `null` where the field may be left out altogether. */
  readonly default: Default;
}
export interface TextField<Id extends string = string> extends FieldBase<Id> {
  readonly type: 'text';
  readonly minLength: number;
  readonly maxLength: number;
  readonly multiline: boolean;
  /** No two profiles of an account may have the same, upper and lower case alike. */
  readonly unique: boolean;
  readonly default: '';
}
export interface ChoiceField<Id extends string = string, Choice extends string = string> extends FieldBase<Id> {
  readonly type: 'choice';
  readonly choices: readonly Choice[];
  readonly default: Choice;
  /** Each of the choices lets do more than those before it: to choose it is to grant something. */
  readonly widens?: true;
}
/** ISO 3166-1 alpha-2 codes in capitals, or every country. */
export interface CountriesField<Id extends string = string> extends FieldBase<Id> {
  readonly type: 'countries';
  readonly default: readonly [];
}
/** The id of a row of one of the profile's own tabs. */
export interface ReferenceField<Id extends string = string> extends FieldBase<Id> {
  readonly type: 'reference';
  readonly tab: string;
  /** Another field that, once it has a value, makes this one required. */
  readonly requiredWith?: string;
  readonly default: null;
}
/** A score from `min` to `max` for each of some people, by person id. */
export interface ScoresField<Id extends string = string> extends FieldBase<Id> {
  readonly type: 'scores';
  readonly min: number;
  readonly max: number;
  readonly default: Readonly<Record<string, never>>;
}

/** Ids of elements of one of the Maker's modules, or all there are and will be. */
export interface ElementsField<Id extends string = string> extends FieldBase<Id> {
  readonly type: 'elements';
  readonly module: string;
  readonly default: readonly [];
}

/** What an evaluation asks: at most `max` points on a scale from 0, or 1 for yes and 0 for no. */
export interface Criterion {
  readonly id: string;
  readonly name: string;
  /** A sentence on what earns the points; may be empty. */
  readonly help: string;
  readonly kind: 'scale' | 'yesNo';
  /** 1 for yes or no. */
  readonly max: number;
  /** How much it counts, against the others. */
  readonly weight: number;
  /** May be left out where it does not apply. */
  readonly notApplicable: boolean;
  /** With no points the whole evaluation is failed. */
  readonly critical: boolean;
}
export interface CriteriaSection {
  readonly id: string;
  readonly name: string;
  readonly criteria: readonly Criterion[];
}
/** Sections of criteria, in their order. */
export interface CriteriaField<Id extends string = string> extends FieldBase<Id> {
  readonly type: 'criteria';
  readonly default: readonly [];
}

export type Field<Id extends string = string> =
  | BooleanField<Id>
  | IntegerField<Id>
  | TextField<Id>
  | ChoiceField<Id>
  | CountriesField<Id>
  | ReferenceField<Id>
  | ScoresField<Id>
  | ElementsField<Id>
  | CriteriaField<Id>;

/** The value a field of a document holds. */
export type FieldValue<F> = F extends { type: 'boolean' }
  ? boolean
  : F extends { type: 'integer'; default: infer D }
    ? number | (null extends D ? null : never)
    : F extends { type: 'text' }
      ? string
      : F extends { type: 'choice'; choices: readonly (infer C)[] }
        ? C
        : F extends { type: 'countries' }
          ? 'all' | readonly string[]
          : F extends { type: 'elements' }
            ? 'all' | readonly string[]
          : F extends { type: 'reference' }
            ? string | null
            : F extends { type: 'scores' }
              ? Readonly<Record<string, number>>
              : F extends { type: 'criteria' }
                ? readonly CriteriaSection[]
                : never;

export interface Section<Id extends string = string, Fields extends readonly Field[] = readonly Field[]> {
  readonly id: Id;
  readonly label: string;
  readonly source: Source;
  /** Drawn as three columns: voice, email, messages. */
  readonly columns?: readonly Channel[];
  readonly fields: Fields;
}

/** What a row of a Configuration tab points to, and what else the Maker keeps. */
export const RESOURCE_KINDS = [
  'person',
  'activity',
  'queue',
  'transferRule',
  'voiceCampaign',
  'smsCampaign',
  'customButton',
  'directory',
  'knowledgeBase',
  'documentCenter',
  'smsNumber',
  'smsTemplate',
  'voiceMailbox',
  'category',
  'platform',
  'paymentModule',
  'evaluationGrid',
  'crm',
  'survey',
  // Of the Maker alone: no tab of a profile lists them.
  'team',
  'outboundHub',
  'ivr',
  'wallboard',
  'form',
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export interface Tab<Id extends string = string, Attributes extends readonly Field[] = readonly Field[]> {
  readonly id: Id;
  readonly label: string;
  readonly icon: string;
  readonly source: Source;
  readonly resource: ResourceKind;
  /** `assignments`: the rows are the people assigned, kept beside the document; `document`: kept in it. */
  readonly kept: 'document' | 'assignments';
  /** The whole tab is off until it is switched on (directory, knowledge base, document centre, CRMs). */
  readonly switched: boolean;
  /** One of its rows is the one at login. */
  readonly choosesDefault: boolean;
  /** The order of the rows means something. */
  readonly ordered: boolean;
  /** What each row says beyond which resource it is. */
  readonly attributes: Attributes;
}

/** For each attribute of a resource, the values of which it must have one. */
export type ResourceCondition = Readonly<Record<string, readonly string[]>>;

/** What an interaction must be like for a control to do something with it. */
export type InteractionCondition =
  /** An offer rings. */
  | 'offered'
  /** Accepted, not yet in wrap-up. */
  | 'live'
  /** In wrap-up. */
  | 'wrapup'
  /** Live or in wrap-up. */
  | 'inHand';

/**
 * One term of a control's conjunction. `effect` says what a false one does: `hide` up to and including the layer
 * *resource*, `lock` after it; `canToggle` is the one term of a profile that locks.
 */
export type Term = {
  readonly layer: Layer;
  readonly effect: 'hide' | 'lock';
  /** Looked at only while the interaction the control would act on is of this channel. */
  readonly during?: Channel;
} & (
  | { readonly kind: 'licence'; readonly licence: Licence }
  | { readonly kind: 'personType'; readonly types: readonly PersonType[] }
  | { readonly kind: 'account'; readonly option: AccountOption }
  /** No extra of the person denies the field. */
  | { readonly kind: 'notDenied'; readonly fields: readonly string[] }
  /**
   * At least one of the fields is granted, by the profile or as an extra of the person. Where there are several, each
   * counts only together with the fields that it depends on itself.
   */
  | { readonly kind: 'granted'; readonly fields: readonly string[] }
  | { readonly kind: 'switchedOn'; readonly tab: string }
  /** The profile has a row with these attributes, whose resource exists and has one of these values. */
  | {
      readonly kind: 'row';
      readonly tab: string;
      readonly where?: Readonly<Record<string, boolean>>;
      readonly resource?: ResourceCondition;
    }
  /** The activity turns this channel on. */
  | { readonly kind: 'activityChannel'; readonly channel: Channel }
  /** Neither a supervisor nor the missed maximum forces this channel off. */
  | { readonly kind: 'notForced'; readonly channel: Channel }
  | { readonly kind: 'interaction'; readonly is: InteractionCondition; readonly channels?: readonly Channel[] }
  /** Distributed by smart routing, not sent to this person directly. */
  | { readonly kind: 'smartInteraction' }
  /** Not recorded automatically already, by the supervision rate. */
  | { readonly kind: 'notAutoRecorded' }
  /** The pause after an interaction is over. */
  | { readonly kind: 'pauseOver'; readonly direction: 'inbound' | 'outbound' }
  /** Fewer interactions at once than the profile allows. */
  | { readonly kind: 'belowMaximum'; readonly channel: Channel }
  /** The link to the hub is not known to be lost. */
  | { readonly kind: 'connected' }
);

export type Place =
  | 'identity'
  | 'flows'
  | 'pools'
  | 'outgoing'
  | 'modules'
  | 'topBar'
  | 'connection'
  | 'offer'
  | 'interaction'
  | 'transfer'
  | 'panel'
  | 'supervision';

export interface Control<Id extends string = string> {
  readonly id: Id;
  /** Message key of the name that stands by itself: in lists, in tooltips, for a screen reader. */
  readonly label: string;
  /** Message key of what a button says where its place already tells the rest: part of the name, or all of it. */
  readonly shortLabel: string;
  /** Name of the icon in lucide, in kebab case. */
  readonly icon: string;
  readonly place: Place;
  /** Higher stays longer in the bar when room goes; within a place the order is the catalogue's. */
  readonly priority: number;
  readonly source: Source;
  readonly channel?: Channel;
  /** The module in whose panel an action stands. */
  readonly module?: string;
  /** Never hidden by a profile. */
  readonly core?: true;
  /** Never taken away from a live interaction. */
  readonly safety?: true;
  /** Cannot be undone: needs a frame that is really visible besides a trusted event. */
  readonly irreversible?: true;
  /** One control for each row of a tab: its id ends in the row's. */
  readonly forEach?: { readonly tab: string; readonly resource: ResourceCondition };
  /** In layer order. */
  readonly terms: readonly Term[];
}
