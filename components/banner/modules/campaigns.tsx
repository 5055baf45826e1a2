/**
 * Campaigns over their targets. Of voice one's own part: each with a switch, how it calls and how many wait. Of SMS, and of
 * those that one manages, how far each is.
 */
import { type ReadonlySignal, useModel } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../../../lib/api/problem.ts';
import type { ManagedCampaignView, OwnSmsCampaignView } from '../../../lib/api/routes-campaigns.ts';
import { ManagedCampaignsModel, SmsCampaignsModel } from '../../../lib/models/modules/campaign-list.ts';
import { CampaignsModel, type Part } from '../../../lib/models/modules/campaigns.ts';
import { decisionOf } from '../../../lib/models/modules/offers.ts';
import { formatNumber } from '../../ui/format.ts';
import { Switch } from '../../ui/switch.tsx';
import { t, tn } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { problemText, reasonText } from '../words.ts';
import { usePanel } from './context.ts';
import { Line, TryAgain } from './state.tsx';

export function Campaigns() {
  const { banner } = useParts();
  const { control } = usePanel();
  const model = useModel(() => new CampaignsModel({ client: { call: banner.call }, view: banner.view, clock: banner.clock }));
  const { seq } = banner.view.value.snapshot?.situation ?? {};
  const profile = banner.view.value.active?.version;
  useEffect(() => model.watch(), []);
  useEffect(() => void model.refresh(), [seq, profile]);
  const parts = model.parts.value;
  const problem = model.problem.value;
  if (parts.length === 0) return null;
  const name = banner.view.value.active?.name ?? '';
  const { reason } = decisionOf({ control: control.id }, banner.view.value);
  return (
    <section class="campaigns" aria-label={t('modulePanel.campaigns.title')}>
      <ul>
        {parts.map((each) => (
          <li key={each.id} data-campaign={each.id} data-part={each.subscribed} aria-busy={model.asking.value.has(each.id) || undefined}>
            <Switch
              label={t('modulePanel.campaigns.takePart', each.name)}
              labelHidden
              checked={each.subscribed}
              disabledReason={reason && reasonText(reason, name)}
              onChange={(on) => model.subscribe(each.id, on)}
            />
            <span>
              <strong aria-hidden="true">{each.name}</strong>
              <small>{wordsOf(each)}</small>
            </span>
          </li>
        ))}
      </ul>
      {problem ? (
        <Line tone="bad" icon="triangle-alert">
          {problemText(problem, name)}
        </Line>
      ) : (
        !model.bears.value &&
        parts.some(({ subscribed }) => subscribed) && (
          <Line tone="wait" icon="pause">
            {t('modulePanel.campaigns.notBorne')}
          </Line>
        )
      )}
    </section>
  );
}

interface Rows {
  /** Read anew with the list. */
  readonly rows: unknown;
}

/** Nobody takes part in one: it runs by itself. */
export function SmsCampaigns({ rows }: Rows) {
  const { banner } = useParts();
  const model = useModel(() => new SmsCampaignsModel({ client: { call: banner.call }, clock: banner.clock }));
  return <Listed model={model} rows={rows} stateOf={({ state }: OwnSmsCampaignView) => state} wordsOf={smsWordsOf} />;
}

/** Each with how far it is: of all its targets those that were reached. */
export function ManagedCampaigns({ rows }: Rows) {
  const { banner } = useParts();
  const model = useModel(() => new ManagedCampaignsModel({ client: { call: banner.call }, clock: banner.clock }));
  return <Listed model={model} rows={rows} stateOf={({ active }: ManagedCampaignView) => (active ? 'running' : 'stopped')} wordsOf={managedWordsOf} shareOf={shareReached} />;
}

interface ListedProps<Campaign> extends Rows {
  readonly model: {
    readonly campaigns: ReadonlySignal<readonly Campaign[]>;
    readonly problem: ReadonlySignal<Problem | null>;
    watch(): () => void;
    refresh(): unknown;
  };
  readonly stateOf: (campaign: Campaign) => string;
  readonly wordsOf: (campaign: Campaign) => string;
  /** 0 to 1; null of nothing. */
  readonly shareOf?: (campaign: Campaign) => number | null;
}

function Listed<Campaign extends { readonly id: string; readonly name: string }>({ model, rows, stateOf, wordsOf: words, shareOf }: ListedProps<Campaign>) {
  const { banner } = useParts();
  const { list } = usePanel().model;
  useEffect(() => model.watch(), []);
  useEffect(() => void model.refresh(), [rows]);
  const campaigns = model.campaigns.value;
  // Where the list below cannot be read either, it says so for both.
  const problem = list.problem.value ? null : model.problem.value;
  if (campaigns.length === 0 && !problem) return null;
  return (
    <section class="campaigns" aria-label={t('modulePanel.campaigns.title')}>
      {problem && (
        <Line tone="bad" icon="triangle-alert">
          {problemText(problem, banner.view.value.active?.name ?? '')} <TryAgain again={model.refresh} />
        </Line>
      )}
      {campaigns.length > 0 && (
        <ul>
          {campaigns.map((each) => {
            const share = shareOf?.(each) ?? null;
            return (
              <li key={each.id} data-campaign={each.id} data-state={stateOf(each)}>
                <span>
                  <strong>{each.name}</strong>
                  <small>{words(each)}</small>
                  {share !== null && <span class="share" aria-hidden="true" style={`--share: ${share}`} />}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const shareReached = ({ planned, pool, reached, unreached }: ManagedCampaignView): number | null => {
  const all = planned + pool + reached + unreached;
  return all === 0 ? null : reached / all;
};

/** "Power dialler · running · 3 take part · 40 of 120 reached". */
const managedWordsOf = ({ mode, active, people, planned, pool, reached, unreached }: ManagedCampaignView): string =>
  [
    t(`choice.${mode}`),
    t(`modulePanel.campaigns.${active ? 'running' : 'stopped'}`),
    tn('modulePanel.campaigns.people', people),
    t('modulePanel.campaigns.reached', formatNumber(reached), formatNumber(planned + pool + reached + unreached)),
  ].join(' · ');

/** "Running · 12 wait · 3 later · 40 sent". */
const smsWordsOf = ({ state, waiting, later, sent }: OwnSmsCampaignView): string =>
  [
    t(`modulePanel.campaigns.${state}`),
    waiting > 0 ? tn('modulePanel.campaigns.waiting', waiting) : t('modulePanel.campaigns.noneWaits'),
    later > 0 && tn('modulePanel.campaigns.later', later),
    t('modulePanel.campaigns.sent', sent),
  ]
    .filter(Boolean)
    .join(' · ');

/** "Preview · 12 wait · 3 later". */
function wordsOf({ mode, active, blends, subscribed, counts }: Part): string {
  const { waiting = 0, later = 0 } = counts ?? {};
  const waits = counts && (waiting > 0 ? tn('modulePanel.campaigns.waiting', waiting) : t('modulePanel.campaigns.noneWaits'));
  return [
    t(`choice.${mode}`),
    blends && !subscribed && t('modulePanel.campaigns.blends'),
    active ? waits : t('modulePanel.campaigns.stopped'),
    active && later > 0 && tn('modulePanel.campaigns.later', later),
  ]
    .filter(Boolean)
    .join(' · ');
}
