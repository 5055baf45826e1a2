import { expect, it } from 'vitest';
import { actionText, deedText, pathText } from '../../../components/maker/audit/words.ts';
import { useMessages } from '../../../components/ui/text.ts';
import type { AuditEntry } from '../../../lib/api/routes.ts';
import { panels } from '../../../lib/modules/panels.ts';
import english from '../../../locales/en.json' with { type: 'json' };
import { messageSource } from '../../fixtures/gallery/messages.ts';

useMessages(messageSource(english));
const entry = (action: string): AuditEntry => ({ id: 1, at: 1, actor: null, action, subject: { id: 'x', name: 'F-000012', kind: 'inv' }, before: null, after: null });

it('the audit says of every verb which control was used, and on what', () => {
  expect(deedText(entry('inv.cancel'), () => null)).toBe('used “Cancel invoices” on “F-000012”');
  for (const { verbs } of panels) for (const { control } of verbs) expect(actionText(control)).not.toContain('.');
});

it('the audit names what was changed as the panel does', () => {
  const of = (key: string) => pathText({ path: [key], before: null, after: 1 }, 'inv');
  expect([of('dueAt'), of('way'), of('restored')]).toEqual(['Due', 'Way of payment', 'Taken back']);
});
