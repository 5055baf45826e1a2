/** Where call blending stands: how long it has to be quiet still, or that one is called. Opens one's campaigns. Loaded after the bar. */
import { type Blending as Standing, blendingOf } from '../../lib/distribution/campaigns.ts';
import type { View } from '../../lib/models/view.ts';
import { Icon } from '../ui/icon.tsx';
import { span, t } from '../ui/text.ts';
import { anchorOf } from './anchor.ts';
import { useParts } from './context.ts';

const PANEL = 'mod.voiceCampaigns';

function blendingIn({ active, rights, situation, snapshot }: View): Standing | null {
  if (!snapshot?.situation.campaigns) return null;
  const { campaigns, activity, interactions } = snapshot.situation;
  return blendingOf({ profile: active, rights, situation, campaigns, interactions, activitySince: activity?.since ?? 0 });
}

export function Blending() {
  const { banner } = useParts();
  const standing = blendingIn(banner.view.value);
  return standing && <Badge {...standing} />;
}

function Badge({ outgoingAt }: Standing) {
  const { banner, layout } = useParts();
  const left = outgoingAt === null ? null : Math.max(0, outgoingAt - banner.hubNow.value);
  const mode = left === null ? 'incoming' : left > 0 ? 'waits' : 'outgoing';
  const label = t(`blending.${mode}`, left ? span(left + 999) : '');
  const bare = layout.value === 'rail';
  return (
    <>
      <button
        type="button"
        class={`control blending ${bare ? 'bare' : 'labelled'}`}
        style={`anchor-name: ${anchorOf('blending')}`}
        data-item
        data-opens={PANEL}
        data-blending={mode}
        data-tip={t('blending.title')}
        data-why={label}
        aria-label={t('blending.named', label)}
        aria-haspopup="dialog"
        aria-expanded={banner.surface.value === PANEL}
        onClick={() => banner.toggle(PANEL)}
      >
        <Icon name={mode === 'outgoing' ? 'phone-outgoing' : 'phone-incoming'} />
        {!bare && <span class="label">{left ? span(left + 999) : t(`blending.short.${mode}`)}</span>}
      </button>
      <span class="sr" role="status">
        {t('blending.named', t(`blending.short.${mode}`))}
      </span>
    </>
  );
}
