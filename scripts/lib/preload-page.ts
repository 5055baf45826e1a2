/**
 * A page whose own script only begins what has to be waited for, and then imports what draws: the files of the latter
 * are named in the page, so that the browser loads them beside that script and not after it.
 */
interface Chunk {
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  readonly facadeModuleId: string | null;
}
interface Context {
  readonly chunk?: Chunk;
  readonly bundle?: Readonly<Record<string, object>>;
}

/** @param drawing the modules that draw, by their path */
export const preloadPage = (drawing: RegExp) => ({
  name: 'pennon:preload-page',
  transformIndexHtml: {
    order: 'post' as const,
    handler(_: string, { chunk, bundle }: Context) {
      if (!chunk || !bundle) return [];
      const chunkOf = (file: string) => bundle[file] as Chunk;
      const already = new Set(chunk.imports);
      const files = new Set(chunk.dynamicImports.filter((file) => drawing.test((chunkOf(file).facadeModuleId ?? '').replaceAll('\\', '/'))));
      for (const file of files) for (const next of chunkOf(file).imports) if (!already.has(next)) files.add(next);
      return [...files].map((file) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` }, injectTo: 'head' as const }));
    },
  },
});
