import type { Duplex } from 'node:stream';

const ignore = (): void => {};

/**
 * Answers an upgrade that is not to be, and closes.
 * @param status code and words of HTTP @param afterMs when to come back
 */
export function refuseUpgrade(socket: Duplex, status: string, afterMs?: number): void {
  const retry = afterMs === undefined ? '' : `Retry-After: ${Math.ceil(afterMs / 1000)}\r\n`;
  // Whoever it was may have gone.
  socket.on('error', ignore);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n${retry}Content-Length: 0\r\n\r\n`);
}
