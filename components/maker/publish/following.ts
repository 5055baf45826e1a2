/** Whether the counters follow the situation or hold still: remembered in this browser. */
const KEY = 'pennon.maker.counters';

export function isFollowing(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'held';
  } catch {
    // Storage may be closed to the page: then nothing is remembered.
    return true;
  }
}

export function rememberFollowing(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'held');
  } catch {
    // As above.
  }
}
