/** The form of something one starts: a call, an email or a message, direct or from a queue. */
import { computed, createModel, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import { type Channel, type ProfileDocument, type Resources, type ResourceSummary, rowsOf } from '../../catalogue/index.ts';
import { matchingRows } from '../../decide/index.ts';
import { blanksOf, filledTemplate } from '../../interaction/sms-template.ts';
import type { Banner } from '../banner.ts';
import { lazyHub } from './lazy-hub.ts';
import { type Checked, maySend, NumberCheck, numberToSend } from './number.ts';

export type Way = 'direct' | 'smart';

/** Each field, and what may be wrong with it: message keys under `outgoing.missing`. */
export type Missing = 'number' | 'email' | 'queue' | 'sender' | 'text' | 'blanks';

export interface OutgoingProfile {
  readonly countries: 'all' | readonly string[];
  readonly queues: readonly ResourceSummary[];
  readonly senders: readonly ResourceSummary[];
  readonly templates: readonly ResourceSummary[];
}

/** What the profile gives to choose from. */
export function profileOf(document: ProfileDocument, resources: Resources, channel: Channel): OutgoingProfile {
  const listed = (document.settings as Record<string, unknown>)[`flow.${channel}.out.countries`];
  const countries = listed === 'all' ? 'all' : Array.isArray(listed) ? (listed as string[]) : [];
  const named = (ids: readonly { readonly id: string }[]) => ids.flatMap(({ id }) => resources[id] ?? []);
  return {
    countries,
    queues: named(matchingRows({ document, resources }, { tab: 'queues', where: { [channel]: true } })),
    senders: named(rowsOf(document, 'smsNumbers')),
    templates: named(rowsOf(document, 'smsTemplates')),
  };
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** @param number typed already: by a link on the page */
export const OutgoingModel = createModel((banner: Banner, channel: Channel, way: Way, number: string) => {
  const control = `out.${channel}.${way}` as const;
  const values = signal<Readonly<Record<'to' | 'queueId' | 'senderId' | 'subject' | 'text' | 'templateId', string>>>({
    to: number,
    queueId: '',
    senderId: '',
    subject: '',
    text: '',
    templateId: '',
  });
  const blanks = signal<Readonly<Record<string, string>>>({});
  const numbers = new NumberCheck((typed) => lazyHub(banner).number(channel === 'voice' ? 'voice' : 'messages', typed), banner.clock);
  if (channel !== 'email') numbers.type(number);
  const busy = signal(false);
  const problem = signal<Problem | null>(null);

  const profile = computed((): OutgoingProfile => {
    const { active } = banner.view.value;
    return active ? profileOf(active.document, active.resources, channel) : { countries: [], queues: [], senders: [], templates: [] };
  });
  const { checked } = numbers;
  /** The only one there is need not be chosen. */
  const chosen = (id: string, of: readonly ResourceSummary[]) => of.find((each) => each.id === id)?.id ?? (of.length === 1 ? of[0]!.id : null);
  const queueId = computed(() => chosen(values.value.queueId, profile.value.queues));
  const senderId = computed(() => chosen(values.value.senderId, profile.value.senders));
  const template = computed(() => {
    const found = profile.value.templates.find(({ id }) => id === values.value.templateId);
    return found ? String(found.attributes['text'] ?? '') : null;
  });
  const open = computed(() => (template.value === null ? [] : blanksOf(template.value)));
  const text = computed(() => (template.value === null ? values.value.text : filledTemplate(template.value, blanks.value)));

  const missing = computed<readonly Missing[]>(() => [
    ...(channel === 'email' ? (EMAIL.test(values.value.to.trim()) ? [] : ['email' as const]) : numberMissing(values.value.to, checked.value)),
    ...(way === 'smart' && queueId.value === null ? ['queue' as const] : []),
    ...(control === 'out.messages.direct' && senderId.value === null ? ['sender' as const] : []),
    ...(channel !== 'voice' && text.value.trim() === '' ? ['text' as const] : []),
    ...(open.value.some((name) => !blanks.value[name]?.trim()) ? ['blanks' as const] : []),
  ]);

  const body = (): Record<string, unknown> => {
    const to = values.peek().to.trim();
    return {
      ...(channel === 'email' ? { email: to, subject: values.peek().subject.trim() } : { number: numberToSend(checked.peek(), to) }),
      ...(way === 'smart' ? { queueId: queueId.peek() } : {}),
      ...(control === 'out.messages.direct' ? { senderId: senderId.peek() } : {}),
      ...(channel === 'voice' ? {} : { text: text.peek().trim() }),
    };
  };
  const send = async () => {
    if (busy.peek() || missing.peek().length > 0) return;
    busy.value = true;
    problem.value = null;
    const close = banner.closer();
    const answer = await banner.call('command', control, body());
    busy.value = false;
    if (!answer.ok) problem.value = answer.problem;
    else close();
  };
  const set = (name: keyof typeof values.value, value: string) => {
    values.value = { ...values.peek(), [name]: value };
    if (name === 'to' && channel !== 'email') numbers.type(value);
    problem.value = null;
  };
  const fill = (name: string, value: string) => {
    blanks.value = { ...blanks.peek(), [name]: value };
  };
  return { values, blanks, open, template, text, checked, profile, queueId, senderId, missing, busy, problem, set, fill, send };
});
export type Outgoing = InstanceType<typeof OutgoingModel>;

function numberMissing(typed: string, checked: Checked | null): readonly Missing[] {
  if (typed.trim() === '') return ['number'];
  return maySend(checked) ? [] : ['number'];
}
