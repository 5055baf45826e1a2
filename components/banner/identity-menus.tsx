/** The menus of the activity and of the status. */
import type { Status } from '../../lib/api/snapshot.ts';
import { ACTIVITY_CATEGORIES, CHANNELS, type Resources, rowsOf } from '../../lib/catalogue/index.ts';
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { trusted } from '../ui/trusted.ts';
import { useParts } from './context.ts';
import { activityColour } from './identity.tsx';
import { Surface } from './surface.tsx';

const CHANNEL_ICON = { voice: 'phone', email: 'mail', messages: 'message-circle' } as const;

export function ActivityMenu() {
  const { banner } = useParts();
  const { active, snapshot } = banner.view.value;
  const rows = active ? rowsOf(active.document, 'activities') : [];
  const initial = (active?.document.configuration.activities as { default?: string | null } | undefined)?.default;
  const current = snapshot?.situation.activity?.id;
  const resources: Resources = active?.resources ?? {};
  const activities = rows.flatMap(({ id }) => (resources[id]?.kind === 'activity' ? [resources[id]] : []));
  return (
    <Surface name="activity" role="menu" label={t('activity.choose')} focus="[aria-checked=true]">
      {ACTIVITY_CATEGORIES.map((category) => {
        const group = activities.filter(({ attributes }) => attributes['category'] === category);
        if (group.length === 0) return null;
        return (
          <div role="group" aria-label={t(`activity.category.${category}`)} key={category}>
            <h3 role="presentation">{t(`activity.category.${category}`)}</h3>
            {group.map(({ id, name, attributes }) => (
              <button
                type="button"
                role="menuitemradio"
                class="row"
                key={id}
                data-activity={id}
                aria-checked={id === current}
                onClick={trusted(() => (id === current ? banner.close() : banner.setActivity(id)))}
              >
                <span class="dot" style={{ '--dot': activityColour(category) }} />
                <span class="grow">
                  {name}
                  {id === initial && <small>{t('activity.default')}</small>}
                </span>
                <span class="channels">
                  {CHANNELS.filter((channel) => attributes[channel] === true).map((channel) => (
                    <Icon key={channel} name={CHANNEL_ICON[channel]} size={14} />
                  ))}
                </span>
                <Icon name="check" size={16} class={id === current ? '' : 'invisible'} />
              </button>
            ))}
          </div>
        );
      })}
    </Surface>
  );
}

/** What a person sets; "in a call" follows from a call. */
const CHOSEN = ['connected', 'busy', 'absent', 'offline'] as const satisfies readonly Status[];

export function StatusMenu() {
  const { banner } = useParts();
  const current = banner.view.value.snapshot?.situation.status;
  return (
    <Surface name="status" role="menu" label={t('status.choose')} focus="[aria-checked=true]" class="narrow">
      {CHOSEN.map((status) => (
        <button
          type="button"
          role="menuitemradio"
          class="row"
          key={status}
          data-status={status}
          aria-checked={status === current}
          onClick={trusted(() => (status === current ? banner.close() : banner.setStatus(status)))}
        >
          <span class={`presence ${status}`} aria-hidden="true" />
          <span class="grow">{t(`status.${status}`)}</span>
          <Icon name="check" size={16} class={status === current ? '' : 'invisible'} />
        </button>
      ))}
      <p class="hint">{t('status.hint')}</p>
    </Surface>
  );
}
