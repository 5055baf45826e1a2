/** Campaigns over their targets. Of voice one's own part: each with a switch, how it calls and how many wait. Of SMS how far each is. */
import { useModel } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OwnSmsCampaignView } from '../../../lib/api/routes-campaigns.ts';
import { CampaignsModel, type Part } from '../../../lib/models/modules/campaigns.ts';
import { decisionOf } from '../../../lib/models/modules/offers.ts';
import { SmsCampaignsModel } from '../../../lib/models/modules/sms-campaigns.ts';
import { Switch } from '../../ui/switch.tsx';
import { t, tn } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { problemText, reasonText } from '../words.ts';
import { usePanel } from './context.ts';
import { Line } from './state.tsx';

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

/** Nobody takes part in one: it runs by itself. @param rows read anew with the list */
export function SmsCampaigns({ rows }: { rows: unknown }) {
  const { banner } = useParts();
  const model = useModel(() => new SmsCampaignsModel({ client: { call: banner.call }, clock: banner.clock }));
  useEffect(() => model.watch(), []);
  useEffect(() => void model.refresh(), [rows]);
  const campaigns = model.campaigns.value;
  if (campaigns.length === 0) return null;
  return (
    <section class="campaigns" aria-label={t('modulePanel.campaigns.title')}>
      <ul>
        {campaigns.map((each) => (
          <li key={each.id} data-campaign={each.id} data-state={each.state}>
            <span>
              <strong>{each.name}</strong>
              <small>{smsWordsOf(each)}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

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
