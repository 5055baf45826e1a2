import type { ClientProblemCode, Problem } from './problem.ts';
import { problemType } from './problem-type.ts';

const TITLES: Readonly<Record<ClientProblemCode, string>> = {
  'client.offline': 'The hub cannot be reached',
  'client.timeout': 'The hub did not answer in time',
  'client.malformed': 'The answer was not understood',
  'client.notHub': 'Something else answered in place of the hub',
  'client.signedOut': 'Not signed in',
  'client.signInFailed': 'The sign-in was not completed',
  'client.issuerOffline': 'The sign-in service cannot be reached',
  'client.insecure': 'The address is not secure',
  'client.interrupted': 'Interrupted',
  'client.outdated': 'The extension was updated',
  'client.preview': 'Not in a preview',
  'client.failed': 'The extension failed',
};

/** A problem that the client itself met. @param detail for logs, never shown, never personal */
export function clientProblem(code: ClientProblemCode, detail?: string): Problem {
  const document = { type: problemType(code), title: TITLES[code], status: 0, code };
  return detail === undefined ? document : { ...document, detail };
}
