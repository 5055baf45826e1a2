/** Whatever icons the pages of the Maker draw besides its menu's: loaded with the first of them. */
import { registerIcons, registerLaterIcons } from '../ui/icons.ts';
import { laterIcons } from '../ui/later-icons.ts';
import { moreIcons } from '../ui/more-icons.ts';

registerLaterIcons(laterIcons);
registerIcons(moreIcons);
