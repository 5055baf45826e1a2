import type { ResourceSummary } from '../../../lib/catalogue/index.ts';
import { ACTIVITY_CATEGORIES } from '../../../lib/catalogue/index.ts';

/** The colour of an activity's category: beside its name, which says what it is. */
export function activityColour(resource: ResourceSummary | undefined): string | undefined {
  const category = ACTIVITY_CATEGORIES.find((each) => each === resource?.attributes['category']);
  return category && `var(--activity-${category})`;
}

export function ActivityDot({ resource }: { resource: ResourceSummary | undefined }) {
  const colour = activityColour(resource);
  return colour ? <span class="dot" style={{ '--dot': colour }} /> : null;
}
