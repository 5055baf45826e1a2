import { type Control, type ControlId, controls, type Dependency, fieldById, type Term } from '../catalogue/index.ts';
import { maximumField } from './facts.ts';

/** For each field and tab, the places in the catalogue of the controls whose terms read it, be they of the moment. */
export const readersOf: ReadonlyMap<string, readonly number[]> = (() => {
  const readers = new Map<string, number[]>();
  (controls as readonly Control[]).forEach((control, at) => {
    for (const id of new Set(control.terms.flatMap(readBy))) readers.set(id, [...(readers.get(id) ?? []), at]);
  });
  return readers;
})();

/** The fields and tabs that these controls read, each once, in an order of its own. */
export const readByControls = (ids: readonly ControlId[]): readonly string[] =>
  [...new Set((controls as readonly Control<ControlId>[]).filter(({ id }) => ids.includes(id)).flatMap(({ terms }) => terms.flatMap(readBy)))].toSorted();

function readBy(term: Term): readonly string[] {
  switch (term.kind) {
    case 'notDenied':
    case 'granted':
      return term.fields.flatMap(withDependencies);
    case 'switchedOn':
    case 'row':
      return [term.tab];
    case 'belowMaximum':
      return [maximumField(term.channel)];
    default:
      return [];
  }
}

function withDependencies(field: string): readonly string[] {
  return [field, ...(fieldById.get(field)?.dependsOn ?? []).flatMap(readByDependency)];
}

function readByDependency(dependency: Dependency): readonly string[] {
  switch (dependency.on) {
    case 'field':
      return withDependencies(dependency.field);
    case 'anyField':
      return dependency.fields.flatMap(withDependencies);
    case 'row':
      return [dependency.tab];
    default:
      return [];
  }
}
