/** What a supervisor can do to one person. Each is decided like any control, sent with the reason typed, and told them. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { WatchedPerson } from '../../../lib/api/shapes-supervision.ts';
import { controlById, type ControlId } from '../../../lib/catalogue/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { useReallyVisible } from '../really-visible.ts';
import { problemText, reasonText } from '../words.ts';
import { useSupervising } from './context.ts';
import { CHANNEL_ICON } from './words.ts';

/** As long as the hub takes. */
const MOST_WHY = 200;

export function PersonVerbs({ person }: { person: WatchedPerson }) {
  const why = useSignal('');
  const model = useSupervising();
  const { banner } = useParts();
  const doing = model.doing.value.get(person.id);
  /** What was typed is the reason for one thing. */
  const act = async (run: (reason: string) => Promise<boolean>) => {
    if (await run(why.peek())) why.value = '';
  };
  const activities = person.profile ? (model.state.value!.activities[`${person.profile.id} ${person.profile.version}`] ?? []) : [];
  return (
    <>
      <label class="sup-why">
        <span>{t('sup.why', person.name)}</span>
        <input class="field" maxLength={MOST_WHY} value={why.value} onInput={({ currentTarget }) => (why.value = currentTarget.value)} />
      </label>
      {doing?.problem && (
        <p class="trouble" role="alert">
          {problemText(doing.problem, banner.view.value.active?.name ?? '')}
        </p>
      )}
      <FlowVerbs person={person} act={(channel, on) => act((reason) => model.toggleFlow(person.id, channel, on, reason))} />
      <Choice
        control="sup.changeProfile"
        person={person}
        current={person.profile?.id ?? null}
        options={person.profiles}
        act={(id) => act((reason) => model.changeProfile(person.id, id, reason))}
      />
      <Choice
        control="sup.changeActivity"
        person={person}
        current={person.activity?.id ?? null}
        options={activities}
        act={(id) => act((reason) => model.changeActivity(person.id, id, reason))}
      />
      <CallVerbs
        person={person}
        listen={(on) => act((reason) => model.listen(person.id, on, reason))}
        record={(on) => act((reason) => model.record(person.id, on, reason))}
      />
      <Disconnect person={person} act={() => act((reason) => model.disconnect(person.id, reason))} />
    </>
  );
}

/** Whether a control can be used for the person now, and why not. */
function useVerb(control: ControlId, personId: string) {
  const { banner } = useParts();
  const decision = banner.view.value.decisions.of(control);
  const doing = useSupervising().doing.value.get(personId);
  const busy = doing !== undefined && doing.problem === null;
  const reason = decision.reason && reasonText(decision.reason, banner.view.value.active?.name ?? '');
  return { shown: decision.shown, state: decision.state, enabled: decision.enabled && !busy, busy: busy && doing.control === control, reason };
}

interface VerbButtonProps {
  readonly control: ControlId;
  readonly verb: ReturnType<typeof useVerb>;
  readonly act: () => unknown;
  readonly label: string;
  readonly blocked?: boolean;
  readonly tone?: 'danger';
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly own?: { current: HTMLButtonElement | null };
  readonly children: ComponentChildren;
}

function VerbButton({ control, verb, act, label, blocked = false, tone, onKey, own, children }: VerbButtonProps) {
  const off = !verb.enabled || blocked;
  return (
    <button
      ref={own}
      type="button"
      class={`button ${tone ?? ''}`}
      data-control={control}
      data-state={verb.state}
      aria-label={label}
      aria-disabled={off}
      aria-busy={verb.busy || undefined}
      title={verb.reason ?? undefined}
      onClick={trusted(() => !off && act())}
      onKeyDown={onKey}
    >
      {verb.busy && <Icon name="loader-circle" size={14} class="spin" />}
      {children}
    </button>
  );
}

function FlowVerbs({ person, act }: { person: WatchedPerson; act: (channel: WatchedPerson['flows'][number]['channel'], on: boolean) => unknown }) {
  const verb = useVerb('sup.toggleFlow', person.id);
  if (!verb.shown || person.flows.length === 0) return null;
  return (
    <div class="sup-verb">
      <span aria-hidden="true">{t(controlById.get('sup.toggleFlow')!.shortLabel)}</span>
      <div class="sup-buttons">
        {person.flows.map(({ channel, on, possible, forced }) => {
          const turnsOn = forced !== null || (possible && !on);
          const turn = t(turnsOn ? 'sup.turnOn' : possible ? 'sup.turnOff' : 'sup.keepOff', t(`channel.${channel}`));
          return (
            <VerbButton
              key={channel}
              control="sup.toggleFlow"
              verb={verb}
              label={t('sup.forPerson', turn, person.name)}
              act={() => act(channel, turnsOn)}
            >
              <Icon name={CHANNEL_ICON[channel]} size={14} />
              {turn}
            </VerbButton>
          );
        })}
      </div>
    </div>
  );
}

interface CallVerbsProps {
  readonly person: WatchedPerson;
  readonly listen: (on: boolean) => unknown;
  readonly record: (on: boolean) => unknown;
}

/** While somebody is on a call: hearing with, and recording it. */
function CallVerbs({ person, listen, record }: CallVerbsProps) {
  const listening = useVerb('sup.listen', person.id);
  const recording = useVerb('sup.record', person.id);
  const { interaction } = person;
  if (interaction?.channel !== 'voice' || interaction.phase !== 'live' || (!listening.shown && !recording.shown)) return null;
  const hear = t(interaction.listening ? 'sup.listenNoMore' : 'sup.listen');
  const keep = t(interaction.recording ? 'sup.recordNoMore' : 'sup.record');
  return (
    <div class="sup-buttons">
      {listening.shown && (
        <VerbButton control="sup.listen" verb={listening} label={t('sup.forPerson', hear, person.name)} act={() => listen(!interaction.listening)}>
          <Icon name="headphones" size={14} />
          {hear}
        </VerbButton>
      )}
      {recording.shown && (
        <VerbButton
          control="sup.record"
          verb={interaction.autoRecorded ? { ...recording, reason: t('sup.autoRecorded') } : recording}
          blocked={interaction.autoRecorded}
          label={t('sup.forPerson', keep, person.name)}
          act={() => record(!interaction.recording)}
        >
          <Icon name="circle-dot" size={14} />
          {keep}
        </VerbButton>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly control: 'sup.changeProfile' | 'sup.changeActivity';
  readonly person: WatchedPerson;
  readonly current: string | null;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly act: (id: string) => unknown;
}

function Choice({ control, person, current, options, act }: ChoiceProps) {
  const verb = useVerb(control, person.id);
  /** Chosen against what it was then: changed by whoever, that is over. */
  const chosen = useSignal<{ readonly over: string | null; readonly id: string } | null>(null);
  if (!verb.shown || options.length === 0) return null;
  const { shortLabel, label } = controlById.get(control)!;
  const value = (chosen.value?.over === current ? chosen.value.id : current) ?? '';
  return (
    <label class="sup-verb">
      <span>{t(shortLabel)}</span>
      <span class="sup-choice">
        <select class="field" value={value} data-choose={control} onChange={({ currentTarget }) => (chosen.value = { over: current, id: currentTarget.value })}>
          {current === null && <option value="">{t('ui.none')}</option>}
          {options.map(({ id, name }) => (
            <option key={id} value={id} selected={id === value}>
              {name}
            </option>
          ))}
        </select>
        <VerbButton control={control} verb={verb} blocked={value === '' || value === current} label={`${t(label)}: ${person.name}`} act={() => act(value)}>
          {t('sup.change')}
        </VerbButton>
      </span>
    </label>
  );
}

/** It cannot be undone: asked for twice, and only where the person can really see what they press. */
function Disconnect({ person, act }: { person: WatchedPerson; act: () => unknown }) {
  const { banner } = useParts();
  const verb = useVerb('sup.disconnect', person.id);
  const asking = useSignal(false);
  const cancel = useRef<HTMLButtonElement>(null);
  const does = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const seen = useReallyVisible(does, asking.value);
  // At once: the button that asked is gone.
  useLayoutEffect(() => {
    if (!asking.value) return;
    // A line over the panel would count as covering it.
    banner.notices.dismiss();
    cancel.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [asking.value]);
  if (!verb.shown) return null;
  const { shortLabel, label } = controlById.get('sup.disconnect')!;
  const leave = () => {
    asking.value = false;
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[data-ask]')?.focus());
  };
  const leaveByEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Only the question: the panel stays open.
    event.preventDefault();
    leave();
  };
  const sure = () => (seen() ? act() : banner.notices.say({ kind: 'covered', label }));
  return (
    <div ref={box} class="sup-verb">
      {asking.value ? (
        <div class="sup-confirm" role="alertdialog" tabIndex={-1} aria-label={t('sup.disconnectTitle', person.name)}>
          <p>{t('sup.disconnectText', person.name)}</p>
          <div class="sup-buttons">
            <button ref={cancel} type="button" class="button" onClick={leave} onKeyDown={leaveByEscape}>
              {t('common.cancel')}
            </button>
            <VerbButton control="sup.disconnect" verb={verb} tone="danger" label={t('sup.disconnectTitle', person.name)} act={sure} onKey={leaveByEscape} own={does}>
              {t(shortLabel)}
            </VerbButton>
          </div>
        </div>
      ) : (
        <button
          type="button"
          class="button"
          data-ask="disconnect"
          aria-disabled={!verb.enabled}
          title={verb.reason ?? undefined}
          onClick={() => verb.enabled && (asking.value = true)}
        >
          <Icon name="unplug" size={14} />
          {t('sup.disconnectAsk')}
        </button>
      )}
    </div>
  );
}
