import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actionText, deedText, pathText } from '../../../components/maker/audit/words.ts';
import { useMessages } from '../../../components/ui/text.ts';
import type { AuditEntry } from '../../../lib/api/routes.ts';
import { AUDIT_ACTIONS } from '../../../lib/models/maker/audit.ts';
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

const server = join(import.meta.dirname, '../../../server');
/** Written out in the hub's sources, those of supervision by their verb alone. */
const written = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(server, path), 'utf8'))
  .flatMap((source) => [
    ...[...source.matchAll(/action: '([a-zA-Z]+\.[a-zA-Z]+)'/g)].map(([, action]) => action!),
    ...[...source.matchAll(/\bverb: '([a-zA-Z]+)', kind:/g)].map(([, verb]) => `supervision.${verb}`),
  ]);

it('the audit has words for whatever the hub writes down, and can be filtered by it', () => {
  expect(written).toEqual(expect.arrayContaining(['ask.withdraw', 'supervision.listen']));
  expect(written.filter((action) => actionText(action) === action)).toEqual([]);
});

it('the audit has words for whatever it can be filtered by', () => {
  const all = Object.entries(AUDIT_ACTIONS).flatMap(([group, verbs]) => verbs.map((verb) => `${group}.${verb}`));
  expect(all.filter((action) => actionText(action).includes('.') || deedText(entry(action), () => null).includes(action))).toEqual([]);
});
