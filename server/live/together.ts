/** Loads for many at once what is asked for one by one. */

/**
 * While one load runs whoever asks waits for the next, which is for all of them: alone, nobody waits; in a storm thousands
 * cost a few dozen loads. One that fails fails for all that it was for.
 *
 * @param most asked for in one load
 * @returns undefined for what the load has nothing for
 */
export function together<K, V>(load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>, most: number): (key: K) => Promise<V | undefined> {
  interface Waiting {
    readonly key: K;
    readonly resolve: (value: V | undefined) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let loading = false;

  const loadAll = async () => {
    loading = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const found = await load(batch.map(({ key }) => key));
        for (const { key, resolve } of batch) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    loading = false;
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!loading) void loadAll();
    });
}
