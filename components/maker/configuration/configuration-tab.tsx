/** The Configuration of a profile: its 19 tabs, one of them open. */
import { useComputed } from '@preact/signals';
import { tabById, type TabId, tabs } from '../../../lib/catalogue/index.ts';
import type { Location } from '../../../lib/console/location.ts';
import { tabLines } from '../../../lib/models/maker/configuration.ts';
import { tabOf } from '../../../lib/models/maker/configuration-rows.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { useMaker } from '../context.ts';
import './configuration.css';
import { PeoplePanel } from './people-panel.tsx';
import { TabList } from './tab-list.tsx';
import { TabPanel } from './tab-panel.tsx';

/** @param tab the one to open; the first where there is none of this name */
export function ConfigurationTab({ editor, tab }: { editor: Editor; tab: string | null }) {
  const { go } = useMaker();
  const lines = useComputed(() => tabLines(editor));
  const active = tab !== null && tabById.has(tab) ? (tab as TabId) : tabs[0].id;
  const placeOf = (subTab: string): Location => ({ page: 'profile', profileId: editor.profileId, tab: 'configuration', subTab });
  return (
    <div class="configuration">
      <div class="configuration-grid">
        <TabList lines={lines.value} active={active} placeOf={placeOf} go={go} />
        <section class="configuration-tab" key={active} data-tab={active}>
          {tabOf(active).kept === 'assignments' ? <PeoplePanel editor={editor} tab={tabOf(active)} /> : <TabPanel editor={editor} tabId={active} />}
        </section>
      </div>
    </div>
  );
}
