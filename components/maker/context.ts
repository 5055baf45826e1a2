/** What every page of the Maker works with. */
import type { ReadonlySignal, Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import type { ConsoleHub } from '../../lib/console/hub.ts';
import type { Location } from '../../lib/console/location.ts';
import type { Queries } from '../../lib/console/queries.ts';
import type { ConsoleRights } from '../../lib/decide/console.ts';
import type { Clock } from '../../lib/models/clock.ts';
import type { Unsaved } from '../../lib/models/maker/shell.ts';
import type { ToastSaid } from '../../lib/models/maker/toasts.ts';
import type { Client, ClientState } from '../../lib/session/client-state.ts';

export interface Maker {
  readonly client: Client;
  /** Null until the background has answered for the first time. */
  readonly state: ReadonlySignal<ClientState | null>;
  readonly hub: ConsoleHub;
  readonly queries: Queries;
  readonly location: ReadonlySignal<Location>;
  /** Goes there, unless something is not saved and the person wants to stay. */
  readonly go: (location: Location) => void;
  /** Of the person, by their profile in effect; change while one looks. */
  readonly rights: ReadonlySignal<ConsoleRights>;
  readonly toasts: { say(said: ToastSaid): void };
  readonly clock: Clock;
  /** Gives the person a file. @param mime such as `text/csv` */
  readonly download: (name: string, mime: string, text: string) => void;
  readonly guard: (unsaved: Unsaved) => () => void;
  /** What the page is called, in the title of the window: a profile's name. Null for the module's own. */
  readonly title: Signal<string | null>;
}

const Context = createContext<Maker | null>(null);
export const MakerContext = Context.Provider;

export function useMaker(): Maker {
  const maker = useContext(Context);
  if (!maker) throw new Error('a part of the Maker is drawn outside of it');
  return maker;
}

/** Names the page in the title of the window while it is open. */
export function usePageTitle(title: string | null): void {
  const maker = useMaker();
  useEffect(() => {
    maker.title.value = title;
    return () => {
      if (maker.title.peek() === title) maker.title.value = null;
    };
  }, [title]);
}

/** Asks before what is typed here is left. `dirty` is asked at that moment. */
export function useUnsaved(dirty: () => boolean, flush?: () => Promise<boolean>): void {
  const maker = useMaker();
  useEffect(() => maker.guard({ dirty, flush }), []);
}
