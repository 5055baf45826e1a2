/**
 * The banner page: in a frame on a site, as the side panel, or in a window of its own. What has to be asked is asked
 * here, while what draws it is still on its way: nothing is drawn before the background has looked at the ticket.
 */
import { browser } from 'wxt/browser';
import '../../components/banner/banner.css';
import '../../components/banner/layouts.css';
import { redeemTicket } from '../../lib/frame/ticket.ts';
import { watchAppearance } from '../../lib/store/appearance.ts';
import { readMirror, type SessionArea } from '../../lib/store/mirror.ts';

const mirrored = readMirror(browser.storage.session as unknown as SessionArea);
const framed = redeemTicket();
// Rejects where a stranger framed this page: it then stays blank and connects to nothing.
const drawn = Promise.all([import('./page.tsx'), framed]).then(([{ bannerPage }, views]) => bannerPage(views, mirrored));
watchAppearance(browser.storage, (appearance) => void drawn.then((draw) => draw(appearance)));
