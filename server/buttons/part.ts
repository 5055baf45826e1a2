/** Custom buttons that are workflows or web services, as a part of the hub. */
import { systemClock } from '../../lib/models/clock.ts';
import type { Engine } from '../interactions/engine.ts';
import type { HubContext } from '../parts.ts';
import type { Commands } from '../session/commands.ts';
import { buttonCommands } from './commands.ts';
import { createServices, type Services } from './services.ts';
import { goOff } from './triggers.ts';

export interface Buttons extends Services {
  readonly commands: Commands;
  /** What goes off by itself, in the transaction of what it follows. */
  readonly hears: Pick<Engine, 'onPresented' | 'onAccepted'>;
}

export function createButtons({ db, connectAlone, random, log, now, config }: HubContext): Buttons {
  const carrying = { allowed: config.serviceHosts, now };
  return {
    ...createServices({ db, connectAlone, clock: { now, after: systemClock.after }, random, log, allowed: config.serviceHosts }),
    commands: buttonCommands(carrying),
    hears: {
      onPresented: [(trx, row, view) => goOff(trx, row, 'presented', view, carrying)],
      onAccepted: [(trx, row, view) => goOff(trx, row, 'accepted', view, carrying)],
    },
  };
}
