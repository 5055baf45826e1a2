/** Tells the hub what became of each version: delivered when it arrives, applied or leased once a frame has painted it. */
import type { Receipt } from '../api/live.ts';
import type { Snapshot } from '../api/snapshot.ts';
import type { Kept, KeptStore } from '../store/kept.ts';

export interface Receipts {
  /** To be called with each confirmed snapshot, and when the link opens: says what has not been said. */
  say(snapshot: Snapshot | null): void;
  /** A frame has painted this version. */
  painted(profileId: string, version: number, snapshot: Snapshot | null): void;
  /** A version arrived that cannot be read. */
  failed(profileId: string, version: number): void;
  /** The link was lost: what was said just before may not have arrived. */
  lost(): void;
}

export interface ReceiptsEdges {
  readonly kept: KeptStore;
  /** Resolves to whether it was sent. Never rejects. */
  readonly send: (receipt: Receipt) => Promise<boolean>;
}

const keyOf = (profileId: string, version: number): string => `${profileId}@${version}`;

export function createReceipts({ kept, send }: ReceiptsEdges): Receipts {
  const save = (change: Partial<Kept['said']>) => void kept.save({ said: { ...kept.get().said, ...change } }).catch(() => {});

  const say = (snapshot: Snapshot | null) => {
    const active = snapshot?.profile.active;
    if (!snapshot || !active) return;
    const { said, painted } = kept.get();
    // A version that is pushed again comes with another seq, and is answered again.
    const key = `${keyOf(active.id, active.version)} ${snapshot.profile.seq}`;
    const outcome = painted === keyOf(active.id, active.version) ? (snapshot.situation.leases.length > 0 ? 'leased' : 'applied') : null;
    if (said.delivered !== key) sayOnce({ delivered: key }, { profileId: active.id, version: active.version, state: 'delivered' });
    if (outcome === null || said.outcome === `${outcome} ${key}`) return;
    sayOnce({ outcome: `${outcome} ${key}` }, { profileId: active.id, version: active.version, state: outcome });
  };

  /** Noted before it is sent, so that nothing is said twice at once; forgotten where it could not be sent. */
  const sayOnce = (note: Partial<Kept['said']>, receipt: Receipt) => {
    save(note);
    void send(receipt).then((sent) => {
      if (sent) return;
      const forgotten = Object.keys(note).map((key) => [key, null] as const);
      save(Object.fromEntries(forgotten) as Partial<Kept['said']>);
    });
  };

  return {
    say,
    painted(profileId, version, snapshot) {
      void kept.save({ painted: keyOf(profileId, version) }).catch(() => {});
      say(snapshot);
    },
    failed: (profileId, version) => void send({ profileId, version, state: 'failed' }),
    lost: () => save({ outcome: null }),
  };
}
