import { describe, expect, it } from 'vitest';
import { connectionOf, POLL_TRUST_MS, RECONNECTING_MS } from '../../lib/session/connection.ts';

const lost = { signedIn: true, open: false, lostAt: 1000, answeredAt: null };

describe('the connection is', () => {
  it('signed out whatever else is known', () => {
    expect(connectionOf({ ...lost, signedIn: false, open: true }, 5000).state).toBe('signedOut');
  });

  it('live while the link is open', () => {
    expect(connectionOf({ ...lost, open: true }, 1e9)).toEqual({ state: 'live', until: null });
  });

  it('reconnecting for ten seconds, then stale', () => {
    expect(connectionOf(lost, 1000 + RECONNECTING_MS - 1)).toEqual({ state: 'reconnecting', until: 1000 + RECONNECTING_MS });
    expect(connectionOf(lost, 1000 + RECONNECTING_MS)).toEqual({ state: 'stale', until: null });
  });

  it('not stale while answers stand in for the link, but for those given before it was lost', () => {
    const now = 1000 + RECONNECTING_MS;
    expect(connectionOf({ ...lost, answeredAt: 1001 }, now)).toEqual({ state: 'reconnecting', until: 1001 + POLL_TRUST_MS });
    expect(connectionOf({ ...lost, answeredAt: 999 }, now).state).toBe('stale');
  });
});
