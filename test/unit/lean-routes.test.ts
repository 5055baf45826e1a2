import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutDocumentation } from '../../scripts/lib/lean-routes.ts';

const folder = join(import.meta.dirname, '../../lib/api');
const files = globSync('routes-*.ts', { cwd: folder });
const times = (text: string, found: RegExp): number => text.match(found)?.length ?? 0;

describe('routes in the extension', () => {
  it.each(files)('%s says nothing for documentation alone', (file) => {
    const lean = withoutDocumentation(readFileSync(join(folder, file), 'utf8'));
    expect(lean).not.toMatch(/\b(?:summary|tag|problems): ['"`[]/);
  });

  it.each(files)('%s keeps what a call needs', (file) => {
    const written = readFileSync(join(folder, file), 'utf8');
    const lean = withoutDocumentation(written);
    for (const kept of [/\broute\(/g, /^ {4}method: /gm, /^ {4}path: /gm, /^ {4}(?:body|query|answer|pages|guard|status|needs|mostBytes)\b/gm]) {
      expect(times(lean, kept)).toBe(times(written, kept));
    }
    expect(times(lean, /\{/g)).toBe(times(lean, /\}/g));
  });
});
