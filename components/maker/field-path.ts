import { settingWords } from '../../lib/profile/words.ts';
import { text } from './reasons.ts';

/** Where a field or tab stands: “Maker rights → Queues → Delete”, “Flow → Voice → May switch it”. */
export const fieldPath = (setting: string): string => settingWords(setting, text);
