/** The Maker's own rights, as the last part of docs/catalogue.md. */
import { CONSOLE_TYPE, consoleModules, elementsField, maskField, MASKS, menuField, SPECIAL_VERBS, TYPE_GRANTS } from '../lib/catalogue/console.ts';
import { choiceLabel } from '../lib/catalogue/index.ts';
import { code, type Name, table } from './lib/markdown.ts';

export function consoleLines(name: Name): string[] {
  return [
    `## ${name('console.title')} (\`console\`)`,
    '',
    'A group beside the 20 sections: who may do what in the Maker. A person of the type administrator may do everything.',
    'For everybody else a right `<module>.<verb>` is decided by the profile in effect, that of the open session, else the',
    'one at login, in this order: denied as an extra of the person → allowed as one → `allow` or `deny` in',
    '`console.<module>.<verb>` → what the permission type gives (`inherit`, the default) → denied.',
    '',
    `The permission type, \`${CONSOLE_TYPE}\`, has the default ${code('none')}:`,
    '',
    ...table(
      ['type', 'name', 'gives'],
      Object.entries(TYPE_GRANTS).map(([type, verbs]) => [code(type), name(choiceLabel(type)), verbs.map(code).join(', ')]),
    ),
    '',
    `${MASKS.map((kind) => code(maskField(kind))).join(', ')} hide personal data of customers: the hub masks it wherever it is sent, and`,
    'whoever has it hidden cannot show it to anybody.',
    '',
    `The special verbs ${SPECIAL_VERBS.map(code).join(', ')} are never inherited: each is allowed by name or not at all.`,
    '`events` and `flow` are kept as the source has them, without a meaning.',
    '',
    ...table(
      ['module', 'name', 'verbs', 'what is kept under it', 'elements'],
      consoleModules.map((module) => [
        code(module.id),
        name(module.label),
        module.verbs.map(code).join(', '),
        module.kinds.map(code).join(', '),
        module.listed ? code(elementsField(module.id)) : '',
      ]),
    ),
    '',
    `\`${menuField('<module>')}\` is ${code('inherit')} (shown where one may read), ${code('show')} or ${code('hide')}: whether the menu shows the module,`,
    `apart from whether it opens. \`${elementsField('<module>')}\` holds the ids of what the rights are for, or \`all\`; it is empty by`,
    'default. What somebody with such a list makes is theirs from then on, as an extra of the person',
    `(\`${elementsField('<module>')}/<id>\`).`,
  ];
}
