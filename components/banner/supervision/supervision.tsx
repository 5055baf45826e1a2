/** What a supervisor sees and does: queues and campaigns as tabs, the people in reach, and what these ask for. */
import { useEffect, useRef } from 'preact/hooks';
import type { WatchedCampaign, WatchedQueue } from '../../../lib/api/shapes-supervision.ts';
import type { Banner } from '../../../lib/models/banner.ts';
import { systemClock } from '../../../lib/models/clock.ts';
import { type Supervising, Watching } from '../../../lib/models/supervision/watching.ts';
import { useFocusKept } from '../../ui/focus-kept.ts';
import { Icon } from '../../ui/icon.tsx';
import { problemText } from '../../ui/problem.ts';
import { t, tn } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { Asks } from './asks.tsx';
import { Away } from './away.tsx';
import { SupervisingProvider, useSupervising } from './context.ts';
import { PersonRow } from './person-row.tsx';
import { QueueTabs } from './queue-tabs.tsx';
import './supervision.css';

/** One for a banner: the tabs that were opened are still there when the panel is opened again. */
const kept = new WeakMap<Banner, Supervising>();
function supervisingIn(banner: Banner): Supervising {
  const model = kept.get(banner) ?? new Watching({ client: banner, clock: systemClock, random: Math.random });
  kept.set(banner, model);
  return model;
}

export function Supervision() {
  const { banner } = useParts();
  const model = supervisingIn(banner);
  const root = useRef<HTMLDivElement>(null);
  useFocusKept(root, ['input[type=search]']);
  useEffect(() => {
    model.watch();
    return () => model.rest();
  }, []);
  return (
    <SupervisingProvider value={model}>
      <div class="sup" ref={root}>
        <Contents />
      </div>
    </SupervisingProvider>
  );
}

function Contents() {
  const model = useSupervising();
  const { banner } = useParts();
  const state = model.state.value;
  const problem = model.problem.value;
  if (!banner.view.value.decisions.of('mod.supervision').shown) return <p class="trouble">{t('panel.gone', t('control.mod.supervision'))}</p>;
  if (!state) {
    return problem ? <Failed /> : (
      <p class="hint" role="status">
        {t('sup.loading')}
      </p>
    );
  }
  return (
    <>
      {problem && <Failed stale />}
      <Asks />
      {model.groups.value.length === 0 ? <p class="hint">{t('sup.noQueues')}</p> : <People />}
    </>
  );
}

/** What went wrong, with the next step; over what is still shown from before, that it may not be so any more. */
function Failed({ stale = false }: { stale?: boolean }) {
  const model = useSupervising();
  return (
    <div class={`sup-failed ${stale ? 'stale' : 'trouble'}`} role="alert">
      <Icon name={stale ? 'cloud-off' : 'triangle-alert'} size={16} />
      <p>{stale ? t('sup.stale') : problemText(model.problem.value!)}</p>
      <button type="button" class="button" onClick={() => model.retry()}>
        {t('ui.retry')}
      </button>
    </div>
  );
}

function People() {
  const model = useSupervising();
  const people = model.people.value;
  const found = people.length + model.away.value.length;
  const searching = model.search.value.trim() !== '';
  return (
    <>
      <QueueTabs />
      <div id="sup-people" role="tabpanel" aria-label={model.front.value?.name ?? t('sup.everyone')}>
        <Counters />
        <input
          type="search"
          class="field"
          aria-label={t('sup.search')}
          placeholder={t('sup.search')}
          value={model.search.value}
          onInput={({ currentTarget }) => (model.search.value = currentTarget.value)}
        />
        <p class="sr" role="status">
          {searching && tn('ui.found', found)}
        </p>
        {searching && found === 0 && <p class="hint">{t('ui.notFound', model.search.value.trim())}</p>}
        {!searching && people.length === 0 && <p class="hint">{t('sup.nobody')}</p>}
        <ul class="sup-people">
          {people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
        <Away opened={searching} />
      </div>
    </>
  );
}

/** How many are on the queue, or at work for the campaign, and with what; and how to close the tab. */
function Counters() {
  const model = useSupervising();
  const group = model.front.value;
  if (!group) return null;
  return (
    <div class="sup-counters">
      <p>{('flows' in group ? queueCounts(group) : campaignCounts(group)).join(' · ')}</p>
      <button type="button" class="control bare" aria-label={t('sup.closeTab', group.name)} title={t('sup.closeTab', group.name)} onClick={() => model.closeTab(group.id)}>
        <Icon name="x" size={16} />
      </button>
    </div>
  );
}

const queueCounts = ({ people, flows }: WatchedQueue): readonly string[] => [
  tn('sup.onQueue', people),
  ...(['voice', 'email', 'messages'] as const).map((channel) => t('sup.flowCount', t(`channel.${channel}`), flows[channel])),
];

const campaignCounts = ({ active, people, onCall, dialling, waiting }: WatchedCampaign): readonly string[] => [
  ...(active ? [] : [t('modulePanel.campaigns.stopped')]),
  tn('modulePanel.campaigns.people', people),
  tn('sup.onCall', onCall),
  ...(dialling > 0 ? [tn('sup.dialling', dialling)] : []),
  ...(waiting > 0 ? [tn('modulePanel.campaigns.waiting', waiting)] : []),
];
