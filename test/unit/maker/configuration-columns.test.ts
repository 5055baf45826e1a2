import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, roomOf } from '../../../components/maker/configuration/columns.ts';
import { useMessages } from '../../../components/ui/text.ts';
import { type Tab, tabs } from '../../../lib/catalogue/index.ts';
import { tabOf } from '../../../lib/models/maker/configuration-rows.ts';
import messages from '../../../locales/en.json' with { type: 'json' };
import { flatten } from '../../fixtures/gallery/messages.ts';

const texts = flatten(messages);
beforeAll(() => useMessages((name) => texts.get(name) ?? name));

const all = tabs as readonly Tab[];

describe('the columns of a tab', () => {
  it('have each attribute once, the score of a channel beside its switch', () => {
    for (const tab of all) {
      const shown = columnsOf(tab).flatMap(({ field, score }) => [field.id, ...(score ? [score.id] : [])]);
      expect(shown.toSorted()).toEqual(tab.attributes.map(({ id }) => id).toSorted());
    }
    expect(columnsOf(tabOf('queues')).map(({ field, score }) => [field.id, score?.id])).toContainEqual(['voice', 'scoreVoice']);
  });

  it('fit into the room there is and leave some for the name, else each row is a card', () => {
    const room = fc.record({ tab: fc.constantFrom(...all), editing: fc.boolean(), width: fc.integer({ min: 0, max: 1600 }) });
    fc.assert(
      fc.property(room, ({ tab, editing, width }) => {
        const { layout, template, rowHeight } = roomOf(tab, editing, width);
        expect(rowHeight).toBeGreaterThanOrEqual(52);
        if (layout === 'cards') return;
        const fixed = [...template.matchAll(/(\d+)px/g)].reduce((sum, [, pixels]) => sum + Number(pixels), 0);
        expect(width - fixed).toBeGreaterThanOrEqual(100);
      }),
    );
  });

  it('stand in a table for every tab while a profile is edited at 1280 pixels', () => {
    for (const tab of all) if (tab.kept === 'document') expect([tab.id, roomOf(tab, true, 548).layout]).not.toEqual([tab.id, 'cards']);
  });
});
