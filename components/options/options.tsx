/** The options: hub, sites, place, appearance and shortcuts, each saved as it is changed. */
import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Options as Model, Said } from '../../lib/models/options.ts';
import { APPEARANCES, PLACE_MODES, type Setting, type Settings } from '../../lib/settings/schema.ts';
import { Icon } from '../ui/icon.tsx';
import { t, tn } from '../ui/text.ts';

interface Props {
  readonly model: Model;
  /** Match patterns of the build: the banner is there without anybody's doing. */
  readonly builtIn: readonly string[];
  /** Null where the browser has no page of its own that can be opened. */
  readonly openShortcuts: (() => void) | null;
  /** Null while nobody is signed in, and for whom nothing in the Maker opens. */
  readonly openMaker: ReadonlySignal<(() => void) | null>;
}

export function Options({ model, builtIn, openShortcuts, openMaker }: Props) {
  const settings = model.settings.value;
  const maker = openMaker.value;
  return (
    <main class="pennon options" data-theme={settings?.appearance.value ?? 'system'} aria-busy={!settings}>
      <header>
        <Icon name="flag" size={24} />
        <div>
          <h1>{t('options.title')}</h1>
          <p class="secondary">{t('options.lead')}</p>
        </div>
        {maker && (
          <button type="button" class="button maker-link" onClick={maker}>
            <Icon name="id-card" size={16} />
            {t('maker.open')}
          </button>
        )}
      </header>
      {settings && (
        <>
          <Hub model={model} settings={settings} />
          <Sites model={model} builtIn={builtIn} settings={settings} />
          <PlaceChoice model={model} settings={settings} />
          <Choice
            model={model}
            id="appearance"
            choices={APPEARANCES}
            label="options.appearanceMode"
            value={settings.appearance.value}
            locked={settings.appearance.locked}
            choose={model.setAppearance}
          />
          <Offers model={model} settings={settings} />
          <Shortcuts model={model} open={openShortcuts} />
        </>
      )}
    </main>
  );
}

/** The button that is pressed goes with what it was for: the keyboard goes on at a field beside it. */
function leaving(act: () => unknown, field: string): void {
  void act();
  document.querySelector<HTMLElement>(`input[name="${field}"]:is(:checked, :not([type="radio"]))`)?.focus();
}

function Section({ id, model, locked, children }: { id: Said['at'] | 'shortcuts'; model: Model; locked?: boolean; children: ComponentChildren }) {
  const said = model.said.value;
  return (
    <section class="card" aria-labelledby={`title-${id}`} data-section={id} data-locked={locked}>
      <div class="head">
        <h2 id={`title-${id}`}>{t(`options.${id}`)}</h2>
        {locked && (
          <span class="locked">
            <Icon name="lock" size={12} />
            {t('options.locked')}
          </span>
        )}
      </div>
      <p class="secondary">{t(`options.${id}Detail`)}</p>
      {children}
      <p class={`said ${said?.at === id ? said.tone : ''}`} role="status">
        {said?.at === id && t(said.key)}
      </p>
    </section>
  );
}

function Hub({ model, settings: { hub } }: { model: Model; settings: Settings }) {
  const typed = useSignal<string | null>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    void model.setHub(typed.value ?? hub.value).then(() => (typed.value = null));
  };
  return (
    <Section id="hub" model={model} locked={hub.locked}>
      <form class="line" onSubmit={submit}>
        <input
          class="field"
          name="hub"
          inputMode="url"
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          aria-label={t('options.hubLabel')}
          value={typed.value ?? hub.value}
          readOnly={hub.locked}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        />
        {!hub.locked && (
          <button type="submit" class="button primary">
            {t('common.save')}
          </button>
        )}
      </form>
      {hub.from === 'person' && (
        <button type="button" class="button plain" onClick={() => leaving(model.resetHub, 'hub')}>
          {t('options.hubDefault')}
        </button>
      )}
    </Section>
  );
}

function Sites({ model, builtIn, settings: { sites } }: Omit<Props, 'openShortcuts' | 'openMaker'> & { settings: Settings }) {
  const typed = useSignal('');
  const all = Object.entries(sites).toSorted(([a], [b]) => a.localeCompare(b));
  const submit = (event: Event) => {
    event.preventDefault();
    void model.addSite(typed.value).then((added) => added && (typed.value = ''));
  };
  return (
    <Section id="sites" model={model}>
      {all.length + builtIn.length === 0 && <p class="empty">{t('options.sitesNone')}</p>}
      <ul>
        {builtIn.map((pattern) => (
          <li class="row" key={pattern} data-built-in={pattern}>
            <span class="grow site">
              <span class="grow">
                <bdi>{pattern.replace(/\/\*$/, '')}</bdi>
                <small>{t('options.siteBuiltInDetail')}</small>
              </span>
              <span class="chip">{t('options.siteBuiltIn')}</span>
            </span>
          </li>
        ))}
        {all.map(([site, { value, locked }]) => (
          <li class="row" key={site} data-site={site}>
            <label class="grow site">
              <span class="grow">
                <bdi>{site}</bdi>
                {locked && <small>{t('options.locked')}</small>}
              </span>
              <input
                type="checkbox"
                role="switch"
                class="switch"
                checked={value}
                aria-checked={value}
                disabled={locked}
                onChange={({ currentTarget }) => void model.setSite(site, currentTarget.checked)}
              />
            </label>
            {!locked && (
              <button type="button" class="button plain" aria-label={t('options.siteRemove', site)} onClick={() => leaving(() => model.removeSite(site), 'site')}>
                <Icon name="x" size={16} />
              </button>
            )}
          </li>
        ))}
      </ul>
      <form class="line" onSubmit={submit}>
        <input
          class="field"
          name="site"
          inputMode="url"
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://crm.example.com"
          aria-label={t('options.siteLabel')}
          value={typed.value}
          onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        />
        <button type="submit" class="button">
          {t('options.siteAdd')}
        </button>
      </form>
    </Section>
  );
}

function PlaceChoice({ model, settings: { place, places } }: { model: Model; settings: Settings }) {
  const kept = Object.keys(places).length;
  return (
    <Choice
      model={model}
      id="place"
      choices={PLACE_MODES}
      label="banner.placeMode"
      value={place.value.mode}
      locked={place.locked}
      choose={model.setPlace}
    >
      {kept > 0 && (
        <button type="button" class="button plain" onClick={() => leaving(model.forgetPlaces, 'place')}>
          {tn('options.placeForget', kept)}
        </button>
      )}
    </Choice>
  );
}

interface ChoiceProps<T extends string> {
  readonly model: Model;
  readonly id: 'place' | 'appearance';
  readonly choices: readonly T[];
  /** Begins the message key of each choice. */
  readonly label: string;
  readonly value: T;
  readonly locked: boolean;
  readonly choose: (choice: T) => unknown;
  readonly children?: ComponentChildren;
}

/** One of a few, as radio buttons in a row. */
function Choice<T extends string>({ model, id, choices, label, value, locked, choose, children }: ChoiceProps<T>) {
  return (
    <Section id={id} model={model} locked={locked}>
      <div class="choices" role="radiogroup" aria-labelledby={`title-${id}`}>
        {choices.map((choice) => (
          <label key={choice} class={`choice ${id} ${choice}`}>
            <input type="radio" name={id} value={choice} checked={value === choice} disabled={locked} onChange={() => void choose(choice)} />
            {id === 'place' && <span class="sketch" aria-hidden="true" />}
            {t(`${label}.${choice}`)}
          </label>
        ))}
      </div>
      {children}
    </Section>
  );
}

/** What an offer does besides standing in the banner. */
function Offers({ model, settings: { offerSound, offerNotification } }: { model: Model; settings: Settings }) {
  const missing = offerNotification.value && model.mayNotify.value === false;
  return (
    <Section id="offers" model={model} locked={offerSound.locked && offerNotification.locked}>
      <Toggle name="offerSound" setting={offerSound} set={model.setOfferSound} />
      <Toggle name="offerNotification" setting={offerNotification} set={model.setOfferNotification} />
      {missing && (
        <button type="button" class="button" onClick={() => void model.setOfferNotification(true)}>
          {t('options.notificationAllow')}
        </button>
      )}
    </Section>
  );
}

function Toggle({ name, setting: { value, locked }, set }: { name: 'offerSound' | 'offerNotification'; setting: Setting<boolean>; set: (on: boolean) => unknown }) {
  return (
    <label class="row site" data-setting={name}>
      <span class="grow">
        {t(`options.${name}`)}
        <small>{locked ? t('options.locked') : t(`options.${name}Detail`)}</small>
      </span>
      <input type="checkbox" role="switch" class="switch" checked={value} aria-checked={value} disabled={locked} onChange={({ currentTarget }) => void set(currentTarget.checked)} />
    </label>
  );
}

function Shortcuts({ model, open }: { model: Model; open: (() => void) | null }) {
  return (
    <Section id="shortcuts" model={model}>
      <dl class="shortcuts">
        {model.shortcuts.value.map(({ name, description, keys }) => (
          <div key={name}>
            <dt>{description}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : <span class="secondary">{t('options.shortcutNone')}</span>}</dd>
          </div>
        ))}
      </dl>
      {open ? (
        <button type="button" class="button" onClick={open}>
          {t('options.shortcutsOpen')}
        </button>
      ) : (
        <p class="secondary">{t('options.shortcutsFirefox')}</p>
      )}
    </Section>
  );
}
