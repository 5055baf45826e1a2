/** What stops the hub from starting or a command from being done, as one sentence that says what to do. */
export class Fault extends Error {
  override readonly name = 'Fault';
}
