/** One profile: its settings, configuration, Maker rights, people and versions, with what publishing it would do beside. */
import { useComputed } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { createEditorCache } from '../../../lib/console/editor-cache.ts';
import type { ProfileTab } from '../../../lib/console/location.ts';
import { createEditor } from '../../../lib/models/maker/editor.ts';
import type { EditorCache } from '../../../lib/models/maker/editor-cache.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { ConfigurationTab } from '../configuration/configuration-tab.tsx';
import { type Maker, useMaker, usePageTitle, useUnsaved } from '../context.ts';
import { HoldersTab } from '../publish/holders-tab.tsx';
import { VersionsTab } from '../publish/versions-tab.tsx';
import { ConflictDialog } from './conflict.tsx';
import { EffectColumn } from './effect-column.tsx';
import { focusSoon } from './focus.ts';
import { ProfileHeader } from './header.tsx';
import './profile.css';
import { RightsTab } from './rights-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

interface Props {
  readonly profileId: string;
  readonly tab: ProfileTab;
  readonly subTab: string | null;
}

/** One a person: what it holds in memory paints the profiles opened before without waiting. */
const caches = new Map<string, EditorCache>();
function cacheOf({ state }: Maker): { cache?: EditorCache } {
  const { hub, snapshot } = state.peek() ?? {};
  if (!hub || !snapshot) return {};
  const owner = `${hub} ${snapshot.person.id}`;
  const held = caches.get(owner);
  if (!held) caches.clear();
  const cache = held ?? createEditorCache(owner);
  caches.set(owner, cache);
  return { cache };
}

/** Opens the database of what was kept before a profile is asked for. */
export const openKept = (maker: Maker): void => void cacheOf(maker).cache?.read('');

export function ProfilePage({ profileId, tab, subTab }: Props) {
  const maker = useMaker();
  const editor = useMemo(() => {
    performance.mark('pennon-profile-open');
    return createEditor({ hub: maker.hub, profileId, clock: maker.clock, ...cacheOf(maker) });
  }, [profileId]);
  useEffect(() => () => editor.close(), [editor]);
  usePageTitle(editor.summary.value?.name ?? null);
  useUnsaved(() => editor.save.peek() === 'conflict' || editor.save.peek() === 'failed', editor.flush);
  useSaving(editor);
  useNews(editor, maker);
  const load = editor.load.value;
  return (
    <div class="page profile-page" data-load={load} data-save={editor.save.value} data-editing={editor.editing.value}>
      {load === 'loading' && <Loading label={t('makerProfile.loading')} />}
      {load === 'failed' && <NotLoaded editor={editor} />}
      {load === 'ready' && <Opened editor={editor} tab={tab} subTab={subTab} />}
    </div>
  );
}

function NotLoaded({ editor }: { editor: Editor }) {
  const { go } = useMaker();
  const problem = editor.problem.value!;
  if (problem.code !== 'notFound' && problem.code !== 'forbidden') return <Failed problem={problem} retry={() => editor.reload()} />;
  const back = (
    <Button tone="primary" onPress={() => go({ page: 'profiles' })}>
      {t('makerProfile.toProfiles')}
    </Button>
  );
  return <Empty level={1} icon="id-card" title={t('makerProfile.gone')} text={t('makerProfile.goneText')} action={back} />;
}

function Opened({ editor, tab, subTab }: Omit<Props, 'profileId'> & { editor: Editor }) {
  useLayoutEffect(() => {
    // In the frame that draws it; the task after that frame is when it is out.
    const frame = requestAnimationFrame(() =>
      setTimeout(() => {
        performance.mark('pennon-profile-painted');
        performance.measure('pennon-profile', 'pennon-profile-open', 'pennon-profile-painted');
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, []);
  const top = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // Another tab begins at its top, unless a place in it was asked for.
    if (!first.current && subTab === null) top.current?.scrollIntoView({ block: 'end' });
    first.current = false;
  }, [tab]);
  const editing = editor.editing.value;
  const before = useRef(editing);
  useEffect(() => {
    if (before.current === editing) return;
    before.current = editing;
    // The button that was pressed is gone.
    if (document.activeElement === document.body) focusSoon(`[data-action="${editing ? 'done' : 'edit'}"]`);
  }, [editing]);
  const beside = tab === 'settings' || tab === 'configuration' || tab === 'rights';
  return (
    <>
      <div ref={top} />
      <ProfileHeader editor={editor} tab={tab} />
      <div class="profile-columns" data-beside={beside} data-tab={tab}>
        <div class="profile-content">
          {tab === 'settings' && <SettingsTab editor={editor} section={subTab} />}
          {tab === 'configuration' && <ConfigurationTab editor={editor} tab={subTab} />}
          {tab === 'rights' && <RightsTab editor={editor} module={subTab} />}
          {tab === 'people' && <HoldersTab editor={editor} />}
          {tab === 'versions' && <VersionsTab editor={editor} />}
        </div>
        {beside && <EffectColumn editor={editor} />}
      </div>
      <ConflictDialog editor={editor} />
    </>
  );
}

/** What is unsaved is saved when the page is left, when the network is back, and by Ctrl+S. */
function useSaving(editor: Editor): void {
  useEffect(() => {
    const ending = new AbortController();
    const flush = () => void editor.flush();
    const unsaved = () => editor.save.peek() !== 'saved';
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && unsaved() && flush(), { signal: ending.signal });
    // Says goodbye; a page that only sleeps is still here.
    addEventListener('pagehide', ({ persisted }) => !persisted && editor.close(), { signal: ending.signal });
    addEventListener('online', () => unsaved() && flush(), { signal: ending.signal });
    addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
        event.preventDefault();
        if (event.isTrusted) flush();
      },
      { signal: ending.signal },
    );
    return () => ending.abort();
  }, [editor]);
}

/** Says what came from somebody else. */
function useNews(editor: Editor, { toasts }: Maker): void {
  const news = useComputed(() => editor.news.value).value;
  useEffect(() => {
    if (!news) return;
    const { settings, tabs } = news.changes;
    toasts.say({ text: tn(`makerProfile.news.${news.kind}`, Math.max(1, settings.length + tabs.length), news.who ?? t('makerProfile.somebody')) });
  }, [news]);
}
