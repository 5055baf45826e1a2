/** The profile switcher: the profiles assigned, what another one would bring and take, and the switch. */
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { trusted } from '../ui/trusted.ts';
import { useParts } from './context.ts';
import { Surface } from './surface.tsx';
import { changedNames } from './notice-words.ts';
import { problemText } from './words.ts';

export function Switcher() {
  const { banner } = useParts();
  const { snapshot, active } = banner.view.value;
  const { chosen, previews } = banner.switching;
  const profiles = snapshot?.person.profiles ?? [];
  const versionOf = (id: string): number | null => {
    if (id === active?.id) return active.version;
    const preview = previews.value[id];
    return preview?.state === 'ready' ? preview.view.version : null;
  };
  return (
    <Surface name="profile" label={t('switcher.title')} focus="input:checked" class="switcher">
      <h2>{t('switcher.title')}</h2>
      {profiles.length === 0 && <p class="hint">{t('switcher.nothing')}</p>}
      <Next />
      <div role="radiogroup" aria-label={t('switcher.assigned')}>
        {profiles.map(({ id, name, atLogin }) => {
          const version = versionOf(id);
          const notes = [id === snapshot?.situation.next?.profileId && t('interaction.next.mark'), atLogin && t('switcher.atLogin'), version !== null && t('switcher.version', version)].filter(Boolean);
          return (
            <label class="row" key={id} data-profile={id}>
              <input
                type="radio"
                class="sr"
                name="profile"
                value={id}
                checked={(chosen.value ?? active?.id) === id}
                onChange={() => banner.switching.choose(id)}
              />
              <Avatar name={name} />
              <span class="grow">
                {name}
                <small>{notes.join(' · ') || t('switcher.assignedNote')}</small>
              </span>
              {id === active?.id && (
                <>
                  <Icon name="check" size={16} />
                  <span class="sr">{t('switcher.active')}</span>
                </>
              )}
            </label>
          );
        })}
      </div>
      <Consequences />
    </Surface>
  );
}

/** The profile that waits for the end of what is in hand. */
function Next() {
  const { banner } = useParts();
  const next = banner.view.value.snapshot?.situation.next;
  if (!next) return null;
  const busy = banner.asking.value.has('withdrawNext');
  return (
    <div class="next-profile" data-next={next.profileId}>
      <Icon name="timer" size={16} />
      <p class="grow">{t('interaction.next.waits', next.name)}</p>
      <button type="button" class="button" data-withdraw aria-disabled={busy} onClick={trusted(() => !busy && banner.withdrawNext())}>
        {t(busy ? 'interaction.next.withdrawing' : 'interaction.next.withdraw')}
      </button>
    </div>
  );
}

/** What the chosen profile would change, once that is known. */
function Consequences() {
  const { banner } = useParts();
  const { active, snapshot } = banner.view.value;
  const { chosen, preview, changes } = banner.switching;
  const id = chosen.value;
  const name = snapshot?.person.profiles.find((profile) => profile.id === id)?.name ?? '';
  if (id === null || id === active?.id) {
    return (snapshot?.person.profiles.length ?? 0) === 1 ? <p class="hint">{t('switcher.only')}</p> : null;
  }
  const busy = banner.asking.value.has('switch');
  const shown = preview.value;
  const interactions = snapshot?.situation.interactions ?? [];
  // Catalogue §5: refused while an offer rings; what is in hand may have to be finished first.
  const ringing = interactions.some(({ phase }) => phase === 'offered');
  const waits = snapshot?.situation.next?.profileId === id;
  return (
    <div class="consequences" aria-live="polite">
      <hr />
      {shown?.state === 'loading' && <p class="hint">{t('switcher.looking')}</p>}
      {shown?.state === 'failed' && (
        <p class="trouble">
          {problemText(shown.problem, active?.name ?? '')}{' '}
          <button type="button" class="link" onClick={() => banner.switching.choose(id)}>
            {t('banner.tryAgain')}
          </button>
        </p>
      )}
      {changes.value && (
        <>
          {changes.value.gained.length > 0 && (
            <p class="gained">
              <strong>
                <span aria-hidden="true">+ {changes.value.gained.length}</span>
                <span class="sr">{t('switcher.gains', changes.value.gained.length)}</span>
              </strong>{' '}
              {changedNames(changes.value.gained, 5)}
            </p>
          )}
          {changes.value.lost.length > 0 && (
            <p class="lost">
              <strong>
                <span aria-hidden="true">− {changes.value.lost.length}</span>
                <span class="sr">{t('switcher.loses', changes.value.lost.length)}</span>
              </strong>{' '}
              {changedNames(changes.value.lost, 5)}
            </p>
          )}
          {changes.value.gained.length + changes.value.lost.length === 0 && <p class="hint">{t('switcher.same')}</p>}
        </>
      )}
      {ringing ? (
        <p class="hint" id="why-not-switch">
          {t('reason.interaction.ringing')}
        </p>
      ) : (
        interactions.length > 0 && !waits && <p class="hint">{t('interaction.next.becomes', name)}</p>
      )}
      {!waits && (
        <button
          type="button"
          class="button primary wide"
          data-switch={id}
          aria-disabled={busy || ringing}
          aria-describedby={ringing ? 'why-not-switch' : undefined}
          onClick={trusted(() => !busy && !ringing && banner.switchTo(id))}
        >
          {busy ? <Icon name="loader-circle" size={16} class="spin" /> : ringing && <Icon name="lock" size={14} />}
          {busy ? t('switcher.switching') : t('switcher.switch', name)}
        </button>
      )}
    </div>
  );
}
