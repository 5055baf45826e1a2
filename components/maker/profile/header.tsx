/** Whose profile it is, how far the draft is from it, who else is here, whether all is saved, and what to do with it. */
import { hrefOf, PROFILE_TABS, type ProfileTab } from '../../../lib/console/location.ts';
import { consoleFieldById } from '../../../lib/catalogue/console.ts';
import { tabs as catalogueTabs } from '../../../lib/catalogue/index.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { isEmptyDiff } from '../../../lib/profile/diff.ts';
import { Badge } from '../../ui/badge.tsx';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { t, tn } from '../../ui/text.ts';
import { PublishActions } from '../publish/publish-actions.tsx';
import { Presence } from './presence.tsx';
import { SaveState } from './save-state.tsx';
import { changeCount } from './words.ts';

export function ProfileHeader({ editor, tab }: { editor: Editor; tab: ProfileTab }) {
  const name = String(editor.document.value.settings['general.name'] ?? '') || editor.summary.value!.name;
  return (
    <header class="profile-header">
      <div class="profile-line">
        <div class="profile-title">
          <nav aria-label={t('makerProfile.profiles')} class="crumb">
            <a href={hrefOf({ page: 'profiles' })}>{t('makerProfile.profiles')}</a>
          </nav>
          <div class="name-line">
            <h1 tabIndex={-1}>{name}</h1>
            <Version editor={editor} />
            <SaveState editor={editor} />
          </div>
        </div>
        <div class="profile-actions">
          <Presence editor={editor} />
          <PublishActions editor={editor} />
        </div>
      </div>
      <ProfileTabs editor={editor} tab={tab} />
    </header>
  );
}

function Version({ editor }: { editor: Editor }) {
  const summary = editor.summary.value!;
  const changes = editor.changes.value;
  const version = summary.version === null ? t('makerProfile.unpublished') : t('makerProfile.version', summary.version);
  const drafted = !isEmptyDiff(changes);
  return (
    <span class="version" data-drafted={drafted}>
      <span>{version}</span>
      {(drafted || summary.version !== null) && (
        <>
          {' · '}
          <span>{drafted ? tn('makerProfile.draft', changeCount(changes)) : t('makerProfile.same')}</span>
        </>
      )}
      {summary.archived && <Badge>{t('makerProfile.archived')}</Badge>}
    </span>
  );
}

function ProfileTabs({ editor, tab }: { editor: Editor; tab: ProfileTab }) {
  const { settings, tabs } = editor.changes.value;
  const ofMaker = settings.filter(({ id }) => consoleFieldById.has(id)).length;
  const more: Readonly<Record<ProfileTab, Pick<Tab, 'badge' | 'marked'>>> = {
    settings: { marked: settings.length > ofMaker },
    configuration: { badge: catalogueTabs.length, marked: tabs.length > 0 },
    rights: { marked: ofMaker > 0 },
    people: { badge: editor.summary.value?.people },
    versions: {},
  };
  const all = PROFILE_TABS.map((id) => ({
    id,
    label: t(`makerProfile.tab.${id}`),
    href: hrefOf({ page: 'profile', profileId: editor.profileId, tab: id, subTab: null }),
    ...more[id],
  }));
  return <Tabs label={t('makerProfile.tabs')} tabs={all} active={tab} />;
}
