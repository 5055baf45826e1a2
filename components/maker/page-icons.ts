/** Whatever icons the pages of the Maker draw besides its menu's: loaded with the first of them. */
import { registerIcons, registerLaterIcons } from '../ui/icons.ts';
import { laterIcons } from '../ui/later-icons.ts';
import { moreIcons } from '../ui/more-icons.ts';

/** Called, and not done as it is loaded: a module from which nothing is taken is left out of a build. */
export function registerPageIcons(): void {
  registerLaterIcons(laterIcons);
  registerIcons(moreIcons);
}
