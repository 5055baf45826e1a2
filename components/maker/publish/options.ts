import { signal } from '@preact/signals';
import type { ImpactOptions } from '../../../lib/models/maker/publish-impact.ts';

/** What the panel beside the form asks the impact of: a publish as it usually is. */
export const FOR_EVERYONE = signal<ImpactOptions>({ to: 'everyone', emergency: false });
