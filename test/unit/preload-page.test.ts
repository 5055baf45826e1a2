import { describe, expect, it } from 'vitest';
import { preloadPage } from '../../scripts/lib/preload-page.ts';

const chunk = (facadeModuleId: string | null, imports: readonly string[] = [], dynamicImports: readonly string[] = []) => ({ facadeModuleId, imports, dynamicImports });
const entry = chunk('/entrypoints/banner/index.html', ['early.js'], ['page.js', 'other.js']);
const bundle = {
  'early.js': chunk(null),
  'page.js': chunk('C:\\pennon\\entrypoints\\banner\\page.tsx', ['early.js', 'core.js', 'bar.js'], ['later.js']),
  'other.js': chunk('/entrypoints/other.ts', ['much.js']),
  'core.js': chunk(null, ['early.js']),
  'bar.js': chunk(null, ['core.js']),
  'later.js': chunk('/components/later.tsx'),
  'much.js': chunk(null),
  'styles.css': {},
};
const { handler } = preloadPage(/\/banner\/page\.tsx$/).transformIndexHtml;

describe('a page whose script only begins', () => {
  it('names what draws and all that this imports, each once and without what the page names already', () => {
    const tags = handler('', { chunk: entry, bundle });
    expect(tags.map(({ attrs }) => attrs.href)).toEqual(['/page.js', '/core.js', '/bar.js']);
    for (const { tag, attrs, injectTo } of tags) expect([tag, attrs.rel, injectTo]).toEqual(['link', 'modulepreload', 'head']);
  });

  it('has nothing to name where nothing of that kind is imported, or nothing is built', () => {
    expect(handler('', { chunk: chunk('/entrypoints/maker/index.html', [], ['other.js']), bundle })).toEqual([]);
    expect(handler('', {})).toEqual([]);
  });
});
