/** The menu at the side: the modules, and at its foot who is here and how the link to the hub is. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { hrefOf } from '../../../lib/console/location.ts';
import type { Shell } from '../../../lib/models/maker/shell.ts';
import { menuOf } from '../../../lib/models/maker/shell-menu.ts';
import { LINK_ICON, linkOf, linkText } from '../../banner/link.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { preload } from '../pages.tsx';

interface Props {
  readonly shell: Shell;
  /** After an entry was chosen: the drawer closes. */
  readonly onGo?: () => void;
}

export function Menu({ shell, onGo }: Props) {
  return (
    <div class="menu-column">
      <a class="mark" href="#/profiles" {...(onGo ? { onClick: onGo } : {})}>
        <Icon name="flag" size={20} />
        <span class="label">{t('maker.title')}</span>
      </a>
      <nav aria-label={t('maker.menu')}>
        <ul>
          {menuOf(shell.rights.value, shell.location.value).map(({ module, location, active }) => (
            <li key={module.id}>
              <a
                href={hrefOf(location)}
                aria-current={active ? 'page' : undefined}
                data-module={module.id}
                data-tip={t(module.label)}
                data-tip-when="hidden"
                onPointerEnter={() => void preload(location.page)}
                {...(onGo ? { onClick: onGo } : {})}
              >
                <Icon name={module.icon as IconName} size={18} />
                <span class="label">{t(module.label)}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Foot shell={shell} />
    </div>
  );
}

function Foot({ shell }: { shell: Shell }) {
  const state = shell.state.value;
  const person = state?.snapshot?.person;
  if (!state || !person) return null;
  return (
    <div class="foot">
      <LinkBadge shell={shell} />
      <div class="who" data-tip={`${person.name} · ${person.account.name}`} data-tip-when="hidden">
        <Avatar name={person.name} size={28} />
        <p class="label">
          <strong data-person>{person.name}</strong>
          <small data-hub={state.hub}>{person.account.name}</small>
        </p>
        <IconButton icon="log-out" label={t('maker.signOut')} onPress={() => shell.client.call('signOut')} />
      </div>
    </div>
  );
}

/** How sure what one sees is. A press asks the hub now. */
function LinkBadge({ shell }: { shell: Shell }) {
  const state = shell.state.value!;
  const link = linkOf(state, shell.expired.value);
  const text = linkText(link, state);
  const turning = link === 'checking' || link === 'reconnecting';
  return (
    <button
      type="button"
      class={`link-badge ${link}`}
      data-connection={link}
      data-tip={`${text} · ${t('maker.refresh')}`}
      onClick={trusted(() => shell.client.call('refresh'))}
    >
      <Icon name={LINK_ICON[link]} size={14} class={turning ? 'spin' : ''} />
      <span class="label" role="status">
        {text}
      </span>
    </button>
  );
}

/** Where there is no room for a menu: a bar with a button that opens it as a drawer. */
export function Drawer({ shell }: { shell: Shell }) {
  const drawer = useRef<HTMLDialogElement>(null);
  // What is not open is not there twice.
  const open = useSignal(false);
  const show = () => {
    open.value = true;
    drawer.current!.showModal();
  };
  return (
    <header class="top-bar">
      <IconButton icon="menu" label={t('maker.openMenu')} onPress={show} />
      <span class="mark">
        <Icon name="flag" size={18} />
        {t('maker.title')}
      </span>
      <dialog ref={drawer} class="drawer" aria-label={t('maker.menu')} onClose={() => (open.value = false)} {...{ closedby: 'any' }}>
        <IconButton icon="x" label={t('maker.closeMenu')} onPress={() => drawer.current!.close()} />
        {open.value && <Menu shell={shell} onGo={() => drawer.current!.close()} />}
      </dialog>
    </header>
  );
}
