/** What of a custom button is more than a text: where it leads, its icon, its colour, and when it shows. */
import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { COLOURS, isColour, isPale } from '../../../lib/models/maker/resources-colour.ts';
import { holdsFor, parseCondition } from '../../../lib/interaction/condition.ts';
import { unknownVariables, VARIABLES, withSamples } from '../../../lib/models/maker/resources-address.ts';
import { finder } from '../../../lib/search.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type IconName, icons } from '../../ui/icons.ts';
import { laterIcons } from '../../ui/later-icons.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { SearchBox } from '../../ui/search.tsx';
import { names, t } from '../../ui/text.ts';
import { errorText } from './record/error-text.ts';
import type { AttributeProps } from './resource-fields.tsx';

const textOf = ({ form, field }: AttributeProps): string => String(form.value.value[field.id] ?? '');
const setText = ({ form, field }: AttributeProps, value: string): void => form.set(field.id, value as never);

/** Puts a text where the caret was in a field, or at its end. */
function useInsert(props: AttributeProps) {
  const box = useRef<HTMLDivElement>(null);
  const insert = (text: string) => {
    const input = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    const value = textOf(props);
    const at = input?.selectionStart ?? value.length;
    setText(props, value.slice(0, at) + text + value.slice(input?.selectionEnd ?? at));
    requestAnimationFrame(() => {
      input?.focus();
      input?.setSelectionRange(at + text.length, at + text.length);
    });
  };
  return { box, insert };
}

function Variables({ insert, braces }: { insert: (text: string) => void; braces: boolean }) {
  return (
    <MenuButton
      label={t('makerResources.button.insert')}
      items={VARIABLES.map(([name]) => ({ label: braces ? `{${name}}` : name, onSelect: () => insert(braces ? `{${name}}` : name) }))}
    />
  );
}

export function TargetField(props: AttributeProps) {
  const { form, field, reason } = props;
  const { box, insert } = useInsert(props);
  const value = textOf(props);
  const opens = String(form.value.value['opens']);
  const unknown = unknownVariables(value);
  return (
    <div class="with-insert" ref={box}>
      <TextField
        label={t(`makerResources.button.target.${opens}`)}
        value={value}
        maxLength={2000}
        type={opens === 'workflow' ? 'text' : 'url'}
        error={errorText(form.errors.value[field.id])}
        hint={unknown.length > 0 && opens !== 'workflow' ? t('makerResources.button.unknown', names(unknown.map((name) => `{${name}}`))) : t(`makerResources.button.targetHint.${opens}`)}
        disabledReason={reason}
        onInput={(next) => setText(props, next)}
        onCommit={() => form.leave(field.id)}
      />
      {!reason && opens !== 'workflow' && <Variables insert={insert} braces />}
      {opens === 'webService' && <p class="secondary">{t('makerResources.button.answers')}</p>}
      {opens !== 'workflow' && value.includes('{') && (
        <p class="sample secondary">
          {t('makerResources.button.becomes')} <bdi dir="ltr">{withSamples(value)}</bdi>
        </p>
      )}
    </div>
  );
}

/** Those that the banner carries: any other would be drawn as a plain button. */
const ICONS = Object.keys({ ...icons, ...laterIcons }).toSorted() as IconName[];
const isIcon = (name: string): name is IconName => (ICONS as readonly string[]).includes(name);

export function IconField(props: AttributeProps) {
  const { field, reason } = props;
  const search = useSignal('');
  const value = textOf(props);
  const found = useMemo(() => {
    const finds = finder(search.value);
    return ICONS.filter((name) => finds(name.replaceAll('-', ' ')));
  }, [search.value]);
  const known = value === '' || isIcon(value);
  return (
    <details class="picked">
      <summary>
        <span class="picked-label">{t(field.label)}</span>
        <Icon name={isIcon(value) ? value : 'square-mouse-pointer'} size={18} />
        <span class={known ? '' : 'warn-text'}>{known ? value || t('makerResources.button.plainIcon') : t('makerResources.button.unknownIcon', value)}</span>
        <Icon name="chevron-down" size={14} />
      </summary>
      <SearchBox label={t('makerResources.button.searchIcon')} value={search.value} onInput={(typed) => (search.value = typed)} found={found.length} />
      <div class="icon-grid" role="radiogroup" aria-label={t(field.label)}>
        {found.map((name) => (
          <label key={name} class="icon-choice" data-tip={name}>
            <input type="radio" class="sr" name="button-icon" checked={value === name} aria-label={name} disabled={Boolean(reason)} onChange={() => setText(props, name)} />
            <Icon name={name} size={20} />
          </label>
        ))}
        {found.length === 0 && <p class="secondary">{t('ui.notFound', search.value)}</p>}
      </div>
    </details>
  );
}

export function ColourField(props: AttributeProps) {
  const { form, field, reason } = props;
  const value = textOf(props);
  const own = value !== '' && !COLOURS.some(([, hex]) => hex === value);
  return (
    <fieldset class="colours">
      <legend>{t(field.label)}</legend>
      <div class="swatches">
        <label class="swatch none" data-tip={t('makerResources.colour.none')}>
          <input type="radio" name="button-colour" checked={value === ''} aria-label={t('makerResources.colour.none')} disabled={Boolean(reason)} onChange={() => setText(props, '')} />
        </label>
        {COLOURS.map(([name, hex]) => (
          <label key={hex} class="swatch" style={{ '--own': hex }} data-tip={t(`makerResources.colour.${name}`)}>
            <input type="radio" name="button-colour" checked={value === hex} aria-label={t(`makerResources.colour.${name}`)} disabled={Boolean(reason)} onChange={() => setText(props, hex)} />
          </label>
        ))}
        <input
          type="color"
          class="own-colour"
          aria-label={t('makerResources.colour.own')}
          data-tip={t('makerResources.colour.own')}
          data-own={own}
          value={isColour(value) ? value : '#2454d6'}
          disabled={Boolean(reason)}
          onInput={({ currentTarget }) => setText(props, currentTarget.value)}
        />
        {own && <code dir="ltr">{value}</code>}
      </div>
      {form.errors.value[field.id] && <p class="warn-text">{errorText(form.errors.value[field.id])}</p>}
      {isPale(value) && <p class="warn-text">{t('makerResources.colour.pale')}</p>}
    </fieldset>
  );
}

export function ConditionField(props: AttributeProps) {
  const { form, field, reason } = props;
  const { box, insert } = useInsert(props);
  const help = useSignal(false);
  const value = textOf(props);
  const parsed = parseCondition(value);
  const holds = parsed.ok && holdsFor(parsed.condition);
  return (
    <div class="with-insert" ref={box}>
      <TextField
        label={t(field.label)}
        value={value}
        maxLength={500}
        placeholder={t('makerResources.condition.always')}
        error={parsed.ok ? null : errorText(form.errors.value[field.id])}
        hint={value === '' ? t('makerResources.condition.empty') : parsed.ok ? t(holds ? 'makerResources.condition.holds' : 'makerResources.condition.holdsNot') : null}
        disabledReason={reason}
        onInput={(next) => setText(props, next)}
        onCommit={() => form.leave(field.id)}
      />
      {!reason && <Variables insert={insert} braces={false} />}
      <Button tone="plain" icon="circle-question-mark" aria-expanded={help.value} onPress={() => (help.value = !help.peek())}>
        {t('makerResources.condition.help')}
      </Button>
      {help.value && (
        <div class="condition-help">
          <p>{t('makerResources.condition.helpText')}</p>
          <ul>
            {['channel = voice', 'queue contains claims', 'channel = voice and queue != "New customers"', 'direction = inbound or channel = email'].map((example) => (
              <li key={example}>
                <code dir="ltr">{example}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
