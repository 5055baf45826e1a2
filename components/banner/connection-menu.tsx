/** What is known of the link, and what can be done about it. */
import { Icon } from '../ui/icon.tsx';
import { clockTime, t } from '../ui/text.ts';
import { trusted } from '../ui/trusted.ts';
import { useParts } from './context.ts';
import { linkOf, linkText } from './link.ts';
import { PlaceChooser } from './place-chooser.tsx';
import { Surface } from './surface.tsx';

export function ConnectionMenu() {
  return (
    <Surface name="connection" label={t('connection.title')} focus="[data-refresh]" class="connection" kept>
      <Details />
    </Surface>
  );
}

function Details() {
  const { banner, openOptions } = useParts();
  const { state, active, snapshot, profile } = banner.view.value;
  if (!state || !snapshot) return null;
  const link = linkOf(state, profile === 'expired');
  const busy = banner.asking.value.has('refresh');
  return (
    <>
      <h2>{linkText(link, state)}</h2>
      <p class="hint">{t(`connection.sentence.${link}`)}</p>
      <dl class="facts">
        <dt>{t('connection.person')}</dt>
        <dd>
          {snapshot.person.name}
          <small>{snapshot.person.email}</small>
        </dd>
        <dt>{t('connection.profile')}</dt>
        <dd>
          {active?.name ?? t('switcher.none')}
          {active && <small>{t('switcher.version', active.version)}</small>}
        </dd>
        <dt>{t('connection.hub')}</dt>
        <dd>
          {snapshot.person.account.name}
          <small>{state.hub}</small>
        </dd>
        {state.connection.asOf !== null && (
          <>
            <dt>{t('connection.checked')}</dt>
            <dd>{clockTime(state.connection.asOf)}</dd>
          </>
        )}
        {link !== 'live' && state.connection.nextTryAt !== null && (
          <>
            <dt>{t('connection.nextTry')}</dt>
            <dd>{clockTime(state.connection.nextTryAt)}</dd>
          </>
        )}
      </dl>
      <PlaceChooser />
      <hr />
      <button type="button" class="row" data-refresh aria-disabled={busy} onClick={() => !busy && banner.refresh()}>
        <Icon name={busy ? 'loader-circle' : 'refresh-cw'} size={16} class={busy ? 'spin' : ''} />
        <span class="grow">{busy ? t('connection.refreshing') : t('connection.refresh')}</span>
      </button>
      <button type="button" class="row" onClick={openOptions}>
        <Icon name="settings" size={16} />
        <span class="grow">{t('connection.options')}</span>
      </button>
      <button
        type="button"
        class="row"
        data-control="core.logout"
        data-state={banner.view.value.decisions.of('core.logout').state}
        onClick={trusted(() => banner.signOut())}
      >
        <Icon name="log-out" size={16} />
        <span class="grow">{t('connection.signOut')}</span>
      </button>
    </>
  );
}
