/** Which page stands at which address, each loaded when it is first opened. */
import { useComputed, useSignal } from '@preact/signals';
import { type ComponentType, type FunctionComponent, h } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Location, parseLocation, type ProfileTab } from '../../lib/console/location.ts';
import type { ResourceKind } from '../../lib/catalogue/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Loading } from '../ui/states.tsx';
import { t } from '../ui/text.ts';
import { type Maker, useMaker } from './context.ts';

export interface PagePropsOf {
  readonly profiles: Record<never, never>;
  readonly profile: { readonly profileId: string; readonly tab: ProfileTab; readonly subTab: string | null };
  readonly people: { readonly personId?: string };
  readonly teams: { readonly teamId?: string };
  readonly resources: { readonly kind: ResourceKind; readonly resourceId?: string };
  readonly audit: Record<never, never>;
  readonly 'who-can': { readonly right?: string };
}
type PageName = keyof PagePropsOf;
type Loader<N extends PageName> = () => Promise<ComponentType<PagePropsOf[N]>>;

const loaders: { readonly [N in PageName]: Loader<N> } = {
  profiles: () => import('./profiles/list.tsx').then(({ ProfilesPage }) => ProfilesPage),
  profile: () => import('./profile/profile-page.tsx').then(({ ProfilePage }) => ProfilePage),
  people: () => import('./people/people-page.tsx').then(({ PeoplePage }) => PeoplePage),
  teams: () => import('./people/teams-page.tsx').then(({ TeamsPage }) => TeamsPage),
  resources: () => import('./resources/resources-page.tsx').then(({ ResourcesPage }) => ResourcesPage),
  audit: () => import('./audit/audit-page.tsx').then(({ AuditPage }) => AuditPage),
  'who-can': () => import('./who-can/who-can-page.tsx').then(({ WhoCanPage }) => WhoCanPage),
};

type AnyPage = FunctionComponent<Record<string, unknown>>;
const loaded = new Map<PageName, AnyPage>();

/** Begins to load a page before it is drawn: the one that opens first, or that the pointer is over. */
export async function preload(page: Location['page']): Promise<void> {
  if (page === 'unknown' || loaded.has(page)) return;
  const [component] = await Promise.all([loaders[page](), import('./page-icons.ts').then(({ registerPageIcons }) => registerPageIcons())]);
  loaded.set(page, component as AnyPage);
}

/** The profile is the largest page, and the one that people go on to from the list: there before it is asked for. */
async function preloadProfile(maker: Maker): Promise<void> {
  await preload('profile');
  const { openKept } = await import('./profile/profile-page.tsx');
  openKept(maker);
}

/** Where a link leads, or a row that has one: loaded while the pointer is on its way to the press. */
function preloadAhead({ target }: Event): void {
  const at = target instanceof Element ? target : null;
  const link = at?.closest('a[href^="#/"]') ?? at?.closest('[role="row"]')?.querySelector('a[href^="#/"]');
  // One that cannot be loaded says so when it is opened.
  if (link) preload(parseLocation(link.getAttribute('href')!).page).catch(() => {});
}

/** What a page is called with, and what makes it another one. */
function propsOf(location: Location): Record<string, unknown> {
  switch (location.page) {
    case 'profile':
      return { key: location.profileId, profileId: location.profileId, tab: location.tab, subTab: location.subTab };
    case 'people':
      return location.personId === null ? {} : { personId: location.personId };
    case 'teams':
      return location.teamId === null ? {} : { teamId: location.teamId };
    case 'resources':
      return { key: location.kind, kind: location.kind, ...(location.resourceId === null ? {} : { resourceId: location.resourceId }) };
    case 'who-can':
      return location.right === undefined ? {} : { right: location.right };
    default:
      return {};
  }
}

export function Page() {
  const maker = useMaker();
  const { location, go } = maker;
  const at = location.value;
  const failed = useSignal(false);
  const drawn = useSignal(0);
  const page = useComputed(() => {
    void drawn.value;
    const name = location.value.page;
    return name === 'unknown' ? null : (loaded.get(name) ?? null);
  }).value;
  useEffect(() => {
    failed.value = false;
    if (page) return;
    preload(at.page).then(
      () => (drawn.value += 1),
      () => (failed.value = true),
    );
  }, [at.page]);
  useEffect(() => {
    if (!page || at.page !== 'profiles') return;
    // After the list is out. One that cannot be loaded says so when it is opened.
    return maker.clock.after(0, () => void preloadProfile(maker).catch(() => {}));
  }, [page]);
  useEffect(() => {
    const events = ['pointerover', 'focusin'] as const;
    for (const event of events) document.addEventListener(event, preloadAhead, { passive: true });
    return () => {
      for (const event of events) document.removeEventListener(event, preloadAhead);
    };
  }, []);

  if (at.page === 'unknown') {
    return (
      <div class="page">
        <Empty
          level={1}
          icon="search"
          title={t('maker.unknownPage')}
          text={t('maker.unknownPageText')}
          action={
            <Button tone="primary" onPress={() => go({ page: 'profiles' })}>
              {t('maker.toProfiles')}
            </Button>
          }
        />
      </div>
    );
  }
  if (failed.value) {
    return (
      <div class="page">
        <Empty
          level={1}
          icon="triangle-alert"
          title={t('maker.loadFailed')}
          text=""
          action={<Button onPress={() => globalThis.location.reload()}>{t('maker.reload')}</Button>}
        />
      </div>
    );
  }
  if (!page) return <Loading label={t('ui.loading')} />;
  return h(page, propsOf(at));
}
