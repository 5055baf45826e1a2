/** The Maker around its pages. */
import { useComputed } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Appearance } from '../../lib/settings/schema.ts';
import type { Shell as Model } from '../../lib/models/maker/shell.ts';
import { firstPage, moduleAt, readAnswer } from '../../lib/models/maker/shell-menu.ts';
import type { Toasts as ToastsModel } from '../../lib/models/maker/toasts.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Empty, Loading, Note } from '../ui/states.tsx';
import { clockTime, t } from '../ui/text.ts';
import { Tips } from '../ui/tips.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { type Maker, MakerContext } from './context.ts';
import { Page } from './pages.tsx';
import { rightReason } from './reasons.ts';
import { focusHeading, watchKeys, watchModality } from './shell/keys.ts';
import { Drawer, Menu } from './shell/menu.tsx';
import { NoRights, WayIn } from './shell/way-in.tsx';
import './maker.css';

interface Props {
  readonly shell: Model;
  readonly maker: Maker;
  readonly toasts: ToastsModel;
  readonly appearance: Appearance;
  readonly openOptions: () => void;
}

export function Shell({ shell, maker, toasts, appearance, openOptions }: Props) {
  useEffect(watchKeys, []);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => watchModality(root.current!), []);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => shell.anyDirty() && event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
  return (
    <MakerContext value={maker}>
      <div ref={root} class="pennon maker" data-theme={appearance} data-appearance={appearance}>
        <Inside shell={shell} maker={maker} openOptions={openOptions} />
        <Leaving shell={shell} />
        <Toasts toasts={toasts} />
        <Tips />
      </div>
    </MakerContext>
  );
}

function Inside({ shell, maker, openOptions }: Pick<Props, 'shell' | 'maker' | 'openOptions'>) {
  const stands = useComputed(() => {
    if (shell.state.value === null) return 'starting';
    if (shell.owner.value === null) return 'wayIn';
    return firstPage(shell.rights.value) === null ? 'noRights' : 'open';
  }).value;
  useEffect(() => {
    if (stands !== 'open') document.title = t('maker.title');
  }, [stands]);
  switch (stands) {
    case 'starting':
      return <Loading label={t('maker.starting')} />;
    case 'wayIn':
      return <WayIn shell={shell} openOptions={openOptions} />;
    case 'noRights':
      return <NoRights shell={shell} />;
    default:
      return <Open shell={shell} maker={maker} />;
  }
}

/** What is another page; within one profile one goes from tab to tab. */
const placeOf = (shell: Model): string => {
  const at = shell.location.value;
  return at.page === 'profile' ? `profile ${at.profileId}` : at.page === 'resources' ? `resources ${at.kind}` : at.page;
};

function Open({ shell, maker }: { shell: Model; maker: Maker }) {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const place = useComputed(() => placeOf(shell)).value;
  const module = useComputed(() => moduleAt(shell.location.value)).value;
  const name = useComputed(() => maker.title.value ?? (module ? t(module.label) : t('maker.unknownPage'))).value;
  useEffect(() => {
    document.title = t('maker.pageTitle', name);
  }, [name]);
  useEffect(() => {
    if (!first.current) {
      main.current!.scrollTo({ top: 0 });
      return focusHeading(main.current!);
    }
    first.current = false;
    return undefined;
  }, [place]);
  // Without an address of one's own one begins at the first page that opens.
  useEffect(() => {
    const home = firstPage(shell.rights.peek());
    if (location.hash.replace(/^#\/?/, '') === '' && home && home.page !== 'profiles') shell.go(home);
  }, []);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current && focusHeading(main.current)}>
        {t('maker.skip')}
      </button>
      <Drawer shell={shell} />
      <aside class="side">
        <Menu shell={shell} />
      </aside>
      <main ref={main} id="main" tabIndex={-1}>
        <LinkNote shell={shell} />
        <Allowed shell={shell} />
      </main>
    </>
  );
}

/** The page, or why it does not open. */
function Allowed({ shell }: { shell: Model }) {
  const module = useComputed(() => moduleAt(shell.location.value)).value;
  const answer = module ? readAnswer(shell.rights.value, module) : null;
  if (!module || !answer || answer.allowed) return <Page />;
  const name = t(module.label);
  const home = firstPage(shell.rights.value)!;
  const active = shell.state.value?.snapshot?.profile.active?.name ?? '';
  return (
    <div class="page" data-refused={answer.code}>
      <Empty
        level={1}
        icon="lock"
        title={t('maker.noRead', name)}
        text={t('maker.noReadText', rightReason(answer, active))}
        action={
          <Button tone="primary" onPress={() => shell.go(home)}>
            {t('maker.toOpen', t(moduleAt(home)!.label))}
          </Button>
        }
      />
    </div>
  );
}

/** Said over every page while what one sees may be out of date. */
function LinkNote({ shell }: { shell: Model }) {
  const { connection } = shell.state.value!;
  if (connection.state !== 'stale' && !shell.expired.value) return null;
  return (
    <div class="link-note" role="status">
      <Note tone="warn">{connection.asOf === null ? t('maker.linkDetail.offline') : t('maker.linkDetail.stale', clockTime(connection.asOf))}</Note>
    </div>
  );
}

function Leaving({ shell }: { shell: Model }) {
  if (!shell.leavingTo.value) return null;
  return (
    <Confirm
      title={t('maker.unsaved')}
      text={t('maker.unsavedText')}
      action={t('maker.leave')}
      tone="danger"
      onConfirm={() => shell.leave()}
      onClose={() => shell.stay()}
    />
  );
}
