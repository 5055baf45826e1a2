/** What somebody asks for who asks for a control: the fields that would have to be granted, if that would help. */
import { type Channel, fieldById } from '../catalogue/index.ts';
import { type Facts, factsOf, holds } from '../decide/facts.ts';
import { type ActiveProfile, decideControl, findControl, type NoProfile, type Person, rightsOf, type Situation } from '../decide/index.ts';

/**
 * @returns the fields, those that others depend on first; null where it is not the profile that keeps the control away,
 *   or where the control would not be there even so: its queue or its tab is missing, say
 */
export function fieldsAsked(control: string, profile: ActiveProfile | NoProfile, person: Person, situation: Situation): readonly string[] | null {
  if (typeof profile === 'string' || !findControl(control)) return null;
  if (!decideControl(control, rightsOf(profile, person), situation).reason?.askable) return null;
  const fields = fieldsMissing(control, factsOf(profile, person), situation.interaction?.channel ?? null);
  const after = decideControl(control, rightsOf(profile, { ...person, allow: [...person.allow, ...fields] }), situation);
  return after.shown && after.reason?.layer !== 'profile' ? fields : null;
}

/** Of several rights of which one would do, the first that is not denied. */
function fieldsMissing(control: string, facts: Facts, channel: Channel | null): readonly string[] {
  const missing = new Set<string>();
  const want = (all: readonly string[]) => {
    if (all.some((field) => facts.isGranted(field) && all.length > 1)) return;
    const field = all.find((each) => !facts.isDenied(each));
    if (field === undefined || missing.has(field)) return;
    for (const dependency of fieldById.get(field)?.dependsOn ?? []) {
      if (dependency.on === 'field') want([dependency.field]);
      if (dependency.on === 'anyField') want(dependency.fields);
    }
    if (!facts.isGranted(field)) missing.add(field);
  };
  for (const term of findControl(control)!.control.terms) {
    if (term.kind !== 'granted' || holds(term, facts) || (term.during && term.during !== channel)) continue;
    // One of several that is granted, and does not hold, lacks what it depends on.
    const granted = term.fields.find(facts.isGranted);
    want(granted === undefined ? term.fields : [granted]);
  }
  return [...missing];
}
