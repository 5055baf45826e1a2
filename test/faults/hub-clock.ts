/**
 * The machine's clock as a hub's process sees it, which can be turned: forward however far, and back by a correction. All of
 * `Date` goes with it, for the issuer takes no clock. Timers do not, as no system's do. To be imported before what asks for
 * the time.
 */
const TrueDate = Date;
/** A hub that is started again finds the clock as it was. */
let ahead = Number(process.env.PENNON_FAULTS_AHEAD ?? 0);

const now = (): number => TrueDate.now() + ahead;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  apply: () => new TrueDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

/** @param milliseconds before the true time where it is below 0 */
export const turnTo = (milliseconds: number): void => void (ahead = milliseconds);
