/** A button for a verb: with its name, or with its icon alone where a row has no more room. */
import { useId, useRef } from 'preact/hooks';
import type { Offer } from '../../../lib/models/modules/offers.ts';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { Icon } from '../../ui/icon.tsx';
import { iconNamed, type IconName } from '../../ui/icons.ts';
import { trusted } from '../../ui/trusted.ts';
import { badgeOf } from '../bar-button.tsx';
import { useParts } from '../context.ts';
import { useReallyVisible } from '../really-visible.ts';
import { usePanel } from './context.ts';
import { stateText, verbName } from './words.ts';

interface Props {
  readonly offer: Offer;
  readonly rows: readonly ModuleRow[];
  /** Its icon alone; the name is its tooltip. */
  readonly bare?: boolean;
  readonly tabIndex?: number | undefined;
  readonly primary?: boolean;
}

/** What asks for nothing before it is done, and cannot be undone: the press itself must be meant. */
const isDoneByPress = ({ verb, control }: Offer): boolean => control.irreversible === true && !verb.form?.length && verb.destroys !== 'confirm';

const iconOf = ({ verb, control }: Offer): IconName => {
  if (verb.does === 'file') return 'download';
  if (verb.control !== control.id || control.place === 'panel') return iconNamed(control.icon);
  return verb.does === 'create' || verb.does === 'start' ? 'plus' : verb.does === 'write' ? 'send' : 'pencil';
};

export function DeedButton({ offer, rows, bare = false, tabIndex, primary = false }: Props) {
  const { banner } = useParts();
  const { model } = usePanel();
  const id = useId();
  const ref = useRef<HTMLButtonElement>(null);
  const { verb, control, decision } = offer;
  const busy = model.deeds.pending.value.get(rows[0]?.id ?? '') === verb;
  const seen = useReallyVisible(ref, isDoneByPress(offer) && decision.enabled);
  const why = stateText(offer, banner.view.value.active?.name ?? '');
  const badge = badgeOf(decision.state);
  const name = verbName(verb);
  const press = () => {
    if (!decision.enabled || busy) return;
    if (seen()) void model.press(verb, rows.map((row) => row.id));
    else model.deeds.say({ kind: 'covered', ...model.deeds.about(verb, rows) });
  };
  return (
    <button
      ref={ref}
      type="button"
      class={bare ? 'icon-button' : `button deed ${primary ? 'primary' : ''}`}
      data-control={control.id}
      data-state={decision.state}
      data-tip={bare ? [name, why].filter(Boolean).join(' · ') : why || undefined}
      aria-label={bare ? name : undefined}
      aria-describedby={why ? id : undefined}
      aria-disabled={!decision.enabled}
      aria-busy={busy || undefined}
      tabIndex={tabIndex}
      onClick={trusted(press)}
    >
      <Icon name={busy ? 'loader-circle' : iconOf(offer)} size={16} class={busy ? 'spin' : ''} />
      {!bare && <span class="label">{name}</span>}
      {badge && <Icon name={badge} size={12} class="badge" />}
      {why && (
        <span class="sr" id={id}>
          {why}
        </span>
      )}
    </button>
  );
}
