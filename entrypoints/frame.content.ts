/**
 * The only code on a host page: a closed shadow root with the banner page in an iframe or, collapsed, a handle. What it
 * draws comes finished from the background (lib/frame/drawing.ts); it reads nothing of the page, observes nothing, and
 * has neither token nor data. Hardly an import but types: each kilobyte here is paid by every page.
 */
import type { Drawing } from '../lib/frame/drawing.ts';
import { insist } from '../lib/frame/insist.ts';
import type { LoaderMessage, LoaderOrder, Measure } from '../lib/frame/messages.ts';
import { systemClock } from '../lib/models/clock.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

interface ExtensionApi {
  readonly runtime: {
    /** Undefined once the extension was updated, switched off or removed under this page. */
    readonly id?: string;
    sendMessage(message: LoaderMessage): Promise<Drawing | null>;
    readonly onMessage: {
      addListener(listener: Listener): void;
      removeListener(listener: Listener): void;
    };
  };
}
type Listener = (order: LoaderOrder, sender: unknown, answer: (box: Measure) => void) => void;

const scope = globalThis as typeof globalThis & { browser?: ExtensionApi; chrome: ExtensionApi; pennonAtWork?: () => boolean };

/** How often the frame is put back where a page takes it away; the tab coming to the front begins the count anew. */
const LIVES = 5;

export default defineUnlistedScript(() => {
  const api = scope.browser ?? scope.chrome;
  const root = document.documentElement;
  const stop = new AbortController();
  let host: HTMLElement | null = null;
  let shadow: ShadowRoot;
  let content: HTMLElement | null = null;
  let style: HTMLStyleElement;
  let drawn: Drawing | null = null;
  let undo: (() => void)[] = [];
  let lives = LIVES;
  let asking = false;
  let printing = false;

  const on = (target: EventTarget, type: string, listener: (event: Event & { persisted?: boolean }) => void) =>
    target.addEventListener(type, listener, { signal: stop.signal });

  // Put in twice (registered, and caught up with after an installation): the first goes on. One that was updated away
  // may have left its frame behind.
  if (scope.pennonAtWork?.()) return;
  scope.pennonAtWork = () => !stop.signal.aborted && !orphaned() && (begin(), true);
  for (const left of document.querySelectorAll<HTMLElement>('pennon-frame')) {
    for (const property of left.dataset.room?.split(' ') ?? []) root.style.removeProperty(property);
    left.remove();
  }

  function leave() {
    stop.abort();
    if (api.runtime?.id) api.runtime.onMessage.removeListener(obey);
    erase();
    own();
  }

  function erase() {
    removeEventListener('click', call as EventListener, true);
    giveBack();
    host?.remove();
    host = content = drawn = null;
  }

  const orphaned = () => !api.runtime?.id && (leave(), true);

  /** First visible, loaded and idle: then, and not before, does the page pay for a banner. */
  function begin() {
    if (document.visibilityState === 'visible' && document.readyState === 'complete' && !host && !asking) {
      asking = true;
      (scope.requestIdleCallback ?? setTimeout)(() => void ask('hello'), { timeout: 2000 } as never);
    }
  }

  /** For as long as anybody looks at the page: it is not to be without its banner because a machine is slow. */
  async function ask(type: Exclude<LoaderMessage['type'], 'call'>) {
    if (orphaned()) return;
    asking = true;
    const drawing = await insist(
      () => api.runtime.sendMessage({ to: 'frames', type }),
      () => document.visibilityState === 'visible' && !stop.signal.aborted && !orphaned(),
      systemClock.after,
    );
    asking = false;
    if (drawing && !stop.signal.aborted) draw(drawing);
    own();
  }

  /** From now on the room is what is drawn here, no more what was made before the page was (roomSheet). */
  function own() {
    root.dataset.pennon = '';
  }

  function draw(drawing: Drawing) {
    if (!host?.isConnected) put();
    if (!content || drawn?.collapsed !== drawing.collapsed || drawing.src) {
      content?.remove();
      content = drawing.collapsed ? handle() : drawing.src ? frame(drawing.src) : null;
      if (content) shadow.append(content);
    }
    style.textContent = drawing.css;
    content?.setAttribute(drawing.collapsed ? 'aria-label' : 'title', drawing.label);
    drawn = drawing;
    makeRoom(drawing);
    // One listener and no look at the page: which links there are shows when one is pressed.
    (drawing.calls ? addEventListener : removeEventListener)('click', call as EventListener, true);
  }

  /** A telephone link that a person presses opens the form of a call; it never calls. Any other press is the page's. */
  function call(event: MouseEvent) {
    const link = event.isTrusted && (event.composedPath()[0] as Element).closest?.<HTMLAnchorElement>('a[href^="tel:" i]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || orphaned()) return;
    event.preventDefault();
    void api.runtime.sendMessage({ to: 'frames', type: 'call', number: link.href.slice(4, 100) }).catch(() => {});
  }

  function put() {
    content = null;
    host = document.createElement('pennon-frame');
    shadow = host.attachShadow({ mode: 'closed' });
    style = document.createElement('style');
    shadow.append(style);
    host.popover = 'manual';
    root.append(host);
    // Into the top layer: above every z-index, and outside what the page transforms, filters or clips.
    host.showPopover();
    // Taken away before the banner page in it could tell: looked for once.
    setTimeout(check, 2000);
  }

  function frame(src: string): HTMLElement {
    const made = document.createElement('iframe');
    let loads = 0;
    // A second load: the page moved the frame in its tree, and its ticket is used.
    made.onload = () => ++loads > 1 && revive();
    made.src = src;
    // It may ring as soon as the page itself may make a sound.
    made.allow = 'autoplay';
    return made;
  }

  function handle(): HTMLElement {
    const made = document.createElement('button');
    made.onclick = (event) => event.isTrusted && !asking && void ask('expand');
    return made;
  }

  /** What the page had inline before is put back when the frame goes. */
  function set(element: HTMLElement, property: string, value: string) {
    const was = element.style.getPropertyValue(property);
    const priority = element.style.getPropertyPriority(property);
    element.style.setProperty(property, value, 'important');
    undo.push(() => element.style.setProperty(property, was, priority));
  }

  function giveBack() {
    for (const each of undo.toReversed()) each();
    undo = [];
  }

  function makeRoom({ room, edge, depth }: Drawing) {
    giveBack();
    if (printing) return;
    for (const [property, value] of room) set(root, property, value);
    // For the script that comes after this one's extension was updated, and cannot be asked any more.
    host!.dataset.room = room.map(([property]) => property).join(' ');
    if (edge) pushFixed(edge, depth);
  }

  /** What the page has fixed to the bar's edge, found by looking at five points under the bar, is moved beside it. */
  function pushFixed(edge: 'top' | 'bottom' | 'left' | 'right', depth: number) {
    const lying = edge === 'top' || edge === 'bottom';
    const near = edge === 'top' || edge === 'left' ? depth / 2 : (lying ? innerHeight : innerWidth) - depth / 2;
    const moved = new Set<Element>();
    for (const part of [0.02, 0.25, 0.5, 0.75, 0.98]) {
      const along = part * (lying ? innerWidth : innerHeight);
      for (const hit of document.elementsFromPoint(lying ? along : near, lying ? near : along)) {
        for (let at: Element | null = hit; at && at !== root; at = at.parentElement) {
          const { position, [edge]: from } = getComputedStyle(at);
          if (at === host || moved.has(at) || !/fixed|sticky/.test(position) || !(parseFloat(from) < depth)) continue;
          moved.add(at);
          set(at as HTMLElement, edge, `${parseFloat(from) + depth}px`);
        }
      }
    }
  }

  const box = (): Measure => {
    const { left, top, width, height } = (host ?? root).getBoundingClientRect();
    return [left, top, width, height, innerWidth, innerHeight];
  };

  /** Puts back what the page took away, but does not fight with it for ever. */
  function revive() {
    if (!drawn || orphaned() || asking) return;
    if (lives-- > 0) {
      erase();
      void ask('hello');
    } else {
      erase();
      void ask('gaveUp');
    }
  }
  const check = () => host && !host.isConnected && revive();

  /**
   * New styles are for a frame that is there. A page that has not asked for one yet, or was left, gets none by them; and
   * where the page has just taken the frame away, they would make a bar with nothing in it.
   */
  function redraw(drawing: Drawing) {
    if (!drawn) return;
    if (host?.isConnected || drawing.src) draw(drawing);
    else revive();
  }

  function obey(order: LoaderOrder, _sender: unknown, answer: (box: Measure) => void) {
    if (order?.to !== 'loader') return;
    if ('draw' in order) redraw(order.draw);
    else if (order.do === 'focus') content?.focus();
    else if (order.do === 'check') check();
    else if (order.do === 'leave') leave();
    answer(box());
  }

  api.runtime.onMessage.addListener(obey);
  on(document, 'visibilitychange', () => {
    lives = LIVES;
    if (!orphaned()) host ? check() : begin();
  });
  on(window, 'load', begin);
  on(window, 'focus', check);
  on(window, 'pagehide', ({ persisted }) => persisted && erase());
  on(window, 'pageshow', ({ persisted }) => persisted && begin());
  for (const type of ['beforeprint', 'afterprint']) {
    on(window, type, () => {
      printing = type === 'beforeprint';
      if (drawn) makeRoom(drawn);
    });
  }
  begin();
});
