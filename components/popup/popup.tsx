/** The popup of the toolbar button: who is signed in, how it stands, and where the banner is. */
import { useComputed } from '@preact/signals';
import { consoleRightsOf } from '../../lib/decide/console.ts';
import type { Banner } from '../../lib/models/banner.ts';
import { opensMaker } from '../../lib/models/maker/shell-menu.ts';
import type { Popup as Model } from '../../lib/models/popup.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icons.ts';
import { t } from '../ui/text.ts';
import { trusted } from '../ui/trusted.ts';
import { LINK_ICON, linkOf, linkText } from '../banner/link.ts';
import { stepOf } from '../banner/step.ts';

interface Props {
  readonly banner: Banner;
  readonly model: Model;
  readonly openSidePanel: () => void;
  readonly openWindow: () => void;
  readonly openOptions: () => void;
  readonly openMaker: () => void;
  readonly close: () => void;
}

export function Popup(props: Props) {
  const { banner, model } = props;
  const { state, snapshot } = banner.view.value;
  // By @preact/signals: it is what draws a component again when a signal that it read changes.
  const appearance = useComputed(() => model.settings.value?.appearance.value ?? 'system').value;
  const maker = useComputed(() => {
    const { snapshot, profile, person } = banner.view.value;
    return snapshot !== null && opensMaker(consoleRightsOf(profile, person));
  }).value;
  return (
    <main class="pennon popup" data-theme={appearance} aria-busy={!state}>
      <header>
        <Icon name="flag" size={20} />
        <h1>{t('popup.title')}</h1>
        {state && snapshot && <LinkPill banner={banner} />}
      </header>
      {!state ? <p class="secondary">{t('popup.starting')}</p> : snapshot ? <Person banner={banner} /> : <Step {...props} />}
      <SiteSwitch model={model} />
      <nav class="actions" aria-label={t('popup.places')}>
        {model.site.value && !model.site.value.on && (
          <Action icon="flag" label={t('popup.showHere')} detail={t('popup.showHereDetail')} run={() => void model.showHere().then(props.close)} />
        )}
        <Action icon="panel-right" label={t('popup.sidePanel')} run={props.openSidePanel} />
        <Action icon="picture-in-picture-2" label={t('popup.window')} run={props.openWindow} />
        {maker && <Action icon="id-card" label={t('maker.open')} detail={t('maker.openDetail')} run={props.openMaker} />}
        <Action icon="settings" label={t('popup.options')} run={props.openOptions} />
      </nav>
    </main>
  );
}

function LinkPill({ banner }: { banner: Banner }) {
  const { state, profile } = banner.view.value;
  if (!state) return null;
  const link = linkOf(state, profile === 'expired');
  return (
    <span class={`pill ${link}`} data-connection={link}>
      <Icon name={LINK_ICON[link]} size={14} />
      {linkText(link, state)}
    </span>
  );
}

function Person({ banner }: { banner: Banner }) {
  const { snapshot, active } = banner.view.value;
  return (
    <section class="card" aria-label={t('popup.signedInAs')}>
      <Avatar name={active?.name ?? snapshot!.person.name} size={36} />
      <p class="who">
        <strong data-person>{snapshot!.person.name}</strong>
        <small>{snapshot!.person.email}</small>
        <span data-profile-name>{active ? t('connection.profileVersion', active.name, active.version) : t('switcher.none')}</span>
      </p>
      <button type="button" class="button" data-control="core.logout" onClick={trusted(() => banner.signOut())}>
        {t('connection.signOut')}
      </button>
    </section>
  );
}

function Step({ banner, openOptions }: Props) {
  const { state } = banner.view.value;
  const step = stepOf(state!);
  return (
    <section class={`card step ${step.tone}`} data-phase={step.state}>
      <p role="status">
        <strong>{step.title}</strong>
        {step.detail && <span class="secondary">{step.detail}</span>}
      </p>
      {step.actions.map(({ id, label, primary }) => (
        <button
          type="button"
          key={id}
          data-action={id}
          class={`button wide ${primary ? 'primary' : ''}`}
          onClick={trusted(() => (id === 'options' ? openOptions() : banner[id]()))}
        >
          {label}
        </button>
      ))}
    </section>
  );
}

function SiteSwitch({ model }: { model: Model }) {
  const site = model.site.value;
  if (!model.settings.value) return null;
  if (!site) return <p class="hint">{t('popup.siteUnsupported')}</p>;
  const note = site.locked ? t('popup.siteLocked') : model.denied.value ? t('popup.siteDenied') : site.from === 'builtIn' && site.on ? t('popup.siteBuiltIn') : '';
  return (
    <label class="site">
      <span class="grow">
        {t('popup.site')}
        <small>{[site.host, note].filter(Boolean).join(' · ')}</small>
      </span>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        checked={site.on}
        aria-checked={site.on}
        disabled={site.locked}
        onChange={({ currentTarget }) => void model.setSite(currentTarget.checked)}
      />
    </label>
  );
}

function Action({ icon, label, detail, run }: { icon: IconName; label: string; detail?: string; run: () => void }) {
  return (
    <button type="button" class="row" onClick={run}>
      <Icon name={icon} />
      <span class="grow">
        {label}
        {detail && <small>{detail}</small>}
      </span>
    </button>
  );
}
