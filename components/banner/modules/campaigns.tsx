/** One's own part in campaigns, over their targets: each with a switch, how it calls and how many wait. */
import { useModel } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { CampaignsModel, type Part } from '../../../lib/models/modules/campaigns.ts';
import { decisionOf } from '../../../lib/models/modules/offers.ts';
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

/** "Preview · 12 wait · 3 later". */
function wordsOf({ mode, active, blends, counts }: Part): string {
  const { waiting = 0, later = 0 } = counts ?? {};
  const waits = counts && (waiting > 0 ? tn('modulePanel.campaigns.waiting', waiting) : t('modulePanel.campaigns.noneWaits'));
  return [
    t(`choice.${mode}`),
    blends && t('modulePanel.campaigns.blends'),
    active ? waits : t('modulePanel.campaigns.stopped'),
    active && later > 0 && tn('modulePanel.campaigns.later', later),
  ]
    .filter(Boolean)
    .join(' · ');
}
