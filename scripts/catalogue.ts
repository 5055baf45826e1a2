/**
 * Prints the catalogue: as JSON for a hub in another language, or with `--markdown` as docs/catalogue.md.
 *
 *     npx node scripts/catalogue.ts > catalogue.json
 *     npx node scripts/catalogue.ts --markdown > docs/catalogue.md
 */
import { pathToFileURL } from 'node:url';
import * as rights from '../lib/catalogue/console.ts';
import * as catalogue from '../lib/catalogue/index.ts';
import { resources } from '../lib/catalogue/resources.ts';
import { CONSOLE_REASONS } from '../lib/decide/console.ts';
import { REASON_CODES } from '../lib/decide/index.ts';
import english from '../locales/en.json' with { type: 'json' };
import { catalogueMarkdown } from './catalogue-markdown.ts';

/** The whole catalogue as plain data. `layers` is the order in which a control's terms are looked at. */
export function catalogueJson(): Record<string, unknown> {
  return {
    schema: catalogue.DOCUMENT_SCHEMA,
    channels: catalogue.CHANNELS,
    licences: catalogue.LICENCES,
    personTypes: catalogue.PERSON_TYPES,
    accountOptions: catalogue.ACCOUNT_OPTIONS,
    layers: catalogue.LAYERS,
    reasons: REASON_CODES,
    sections: catalogue.sections,
    tabs: catalogue.tabs,
    resources,
    controls: catalogue.controls,
    console: {
      permissionTypes: rights.TYPE_GRANTS,
      permissions: rights.PERMISSIONS,
      reasons: CONSOLE_REASONS,
      modules: rights.consoleModules,
      fields: rights.consoleFields,
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const print = process.argv.includes('--markdown')
    ? catalogueMarkdown(english)
    : `${JSON.stringify(catalogueJson(), null, 2)}\n`;
  process.stdout.write(print);
}
