/** The counters of supervision: how many are connected, on which activity, on which flow, in an interaction; live or held. */
import { useComputed, useSignal } from '@preact/signals';
import type { ProfileWatch } from '../../../lib/api/shapes-maker.ts';
import { CHANNELS } from '../../../lib/catalogue/index.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { Switch } from '../../ui/switch.tsx';
import { clockTime, t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { isFollowing, rememberFollowing } from './following.ts';

interface Held {
  readonly watch: ProfileWatch;
  readonly at: number;
}

export function Counters({ editor }: { editor: Editor }) {
  const { clock } = useMaker();
  const follows = useSignal(isFollowing());
  const held = useSignal<Held | null>(null);
  const settings = useSignal(false);
  const shown = useComputed(() => (follows.value ? editor.watch.value : (held.value?.watch ?? editor.watch.value)));
  const follow = (on: boolean) => {
    const watch = editor.watch.peek();
    held.value = on || !watch ? null : { watch, at: clock.now() };
    follows.value = on;
    rememberFollowing(on);
  };
  const watch = shown.value;
  // Held still from the start: what was first heard is what stands.
  if (!follows.value && !held.value && watch) held.value = { watch, at: clock.now() };
  return (
    <section class="counters" aria-label={t('makerHolders.counters')} data-follows={follows.value}>
      <header>
        <h2>{t('makerHolders.counters')}</h2>
        <p class="secondary" role="status">
          {follows.value ? t('makerHolders.live') : t('makerHolders.heldSince', clockTime(held.value?.at ?? clock.now()))}
        </p>
        <IconButton icon="settings" label={t('makerHolders.countersSettings')} pressed={settings.value} onPress={() => (settings.value = !settings.peek())} />
      </header>
      {settings.value && (
        <div class="counters-settings">
          <Switch checked={follows.value} label={t('makerHolders.follow')} onChange={follow} />
          <small>{t('makerHolders.followDetail')}</small>
        </div>
      )}
      {watch ? <Numbers watch={watch} /> : <p class="secondary">{t('makerHolders.waiting')}</p>}
    </section>
  );
}

const CHANNEL_ICON: Readonly<Record<(typeof CHANNELS)[number], IconName>> = { voice: 'phone', email: 'mail', messages: 'message-circle' };

function Numbers({ watch: { summary, now } }: { watch: ProfileWatch }) {
  const busiest = Math.max(1, ...now.activities.map(({ people }) => people));
  return (
    <div class="counters-grid">
      <dl class="figures">
        <Figure name="connected" value={summary.online} label={t('makerHolders.connectedOf', formatNumber(summary.people))} />
        <Figure name="inInteraction" value={now.inInteraction} label={t('makerHolders.inInteraction')} />
        {CHANNELS.map((channel) => (
          <Figure key={channel} name={`flow.${channel}`} value={now.flows[channel]} label={t('makerHolders.flowOn', t(`channel.${channel}`))} icon={CHANNEL_ICON[channel]} />
        ))}
      </dl>
      <div class="activities">
        <h3>{t('makerHolders.activities')}</h3>
        {now.activities.length === 0 ? (
          <p class="secondary">{t('makerHolders.nobodyConnected')}</p>
        ) : (
          <ul>
            {now.activities.map(({ id, name, people }) => (
              <li key={id ?? ''} data-activity={id ?? ''} data-people={people}>
                <span class="name">{id === null ? t('makerHolders.noActivity') : name}</span>
                <span class="load" aria-hidden="true">
                  <span style={{ inlineSize: `${(people / busiest) * 100}%` }} />
                </span>
                <strong>
                  {formatNumber(people)}
                  <span class="sr"> {tn('makerHolders.peopleWord', people)}</span>
                </strong>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Figure({ name, value, label, icon }: { name: string; value: number; label: string; icon?: IconName }) {
  return (
    <div class="figure" data-counter={name} data-value={value}>
      <dt>
        {icon && <Icon name={icon} size={14} />}
        {label}
      </dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  );
}
