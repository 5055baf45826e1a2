/** What stands in place of the Maker while there is no session, or nothing in it that one may open. */
import type { Shell } from '../../../lib/models/maker/shell.ts';
import { stepOf } from '../../banner/step.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';

interface Props {
  readonly shell: Shell;
  readonly openOptions: () => void;
}

/** Signed out, signing in, signed in elsewhere, or the hub not to be reached: the same steps as everywhere. */
export function WayIn({ shell, openOptions }: Props) {
  const step = stepOf(shell.state.value!);
  // The step's own words are the banner's.
  const detail = step.state === 'signedOut' ? t('maker.signedOutDetail') : step.detail;
  return (
    <main class="way-in">
      <section class={`card ${step.tone}`} data-phase={step.state}>
        <Icon name="flag" size={28} class="mark" />
        <h1 tabIndex={-1}>{t('maker.title')}</h1>
        <div role="status" class="said">
          <strong>
            {step.turning && <Icon name="loader-circle" size={16} class="spin" />}
            {step.title}
          </strong>
          {detail && <p>{detail}</p>}
        </div>
        {step.actions.map(({ id, label, primary }) => (
          <Button
            key={id}
            {...(primary ? { tone: 'primary' } : {})}
            data-action={id}
            onPress={() => (id === 'options' ? openOptions() : void shell.client.call(id))}
          >
            {label}
          </Button>
        ))}
      </section>
    </main>
  );
}

/** In a session, but with no right in the Maker. */
export function NoRights({ shell }: { shell: Shell }) {
  const active = shell.state.value?.snapshot?.profile.active;
  return (
    <main class="way-in">
      <section class="card" data-phase="noRights">
        <Icon name="lock" size={28} class="mark" />
        <h1 tabIndex={-1}>{t('maker.noRights')}</h1>
        <div role="status" class="said">
          <p>{active ? t('maker.noRightsText', active.name) : t('maker.noRightsNone')}</p>
        </div>
        <Button icon="refresh-cw" tone="primary" onPress={() => shell.client.call('refresh')}>
          {t('maker.refresh')}
        </Button>
        <Button icon="log-out" onPress={() => shell.client.call('signOut')}>
          {t('maker.signOut')}
        </Button>
      </section>
    </main>
  );
}
