/**
 * What one area of the browser's storage says of its changes. `storage.onChanged` says those of all areas: whoever listens
 * there is woken by each state that is mirrored, and handed it twice, as it was and as it is.
 */
export interface AreaChanges {
  addListener(listener: (changes: Record<string, unknown>) => void): void;
  removeListener(listener: (changes: Record<string, unknown>) => void): void;
}
