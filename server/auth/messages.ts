/** Every text of the sign-in pages, by key. `$1`, `$2` stand for values. */
export const en = {
  'product': 'Pennon',
  'signIn.title': 'Sign in',
  'signIn.lead': 'to your agent banner',
  'signIn.email': 'Email address',
  'signIn.password': 'Password',
  'signIn.submit': 'Sign in',
  'signIn.cancel': 'Cancel',
  'signIn.errorTitle': 'Not signed in – $1',
  'signIn.emailMissing': 'Enter your email address.',
  'signIn.emailInvalid': 'Enter a whole email address, like name@example.com.',
  'signIn.passwordMissing': 'Enter your password.',
  'signIn.mismatch': 'This email address and password do not belong together. Check both and try again.',
  'signIn.fewLeft': 'If the next $1 attempts fail too, signing in is closed for $2.',
  'signIn.oneLeft': 'If the next attempt fails too, signing in is closed for $1.',
  'signIn.noneLeft': 'This was the last attempt for now: signing in is closed for $1.',
  'signIn.forgotten': 'Forgotten your password? Ask your administrator for a new one.',
  'demo.title': 'Demo accounts',
  'demo.lead': 'Choose a person, then press “Sign in”. The password of all of them is $1.',
  'demo.chosen': 'chosen',
  'tooMany.title': 'Closed for a while',
  'tooMany.lead': 'There were too many failed attempts to sign in with this email address or from this network.',
  'tooMany.do': 'Wait $1, then start signing in again from the banner. If it was not you, tell your administrator.',
  'busy.title': 'Too many sign-ins at once',
  'busy.do': 'Very many people are signing in from your network just now. Wait $1, then start signing in again from the banner.',
  'expired.title': 'This page has run out',
  'expired.do': 'Close this window and start signing in again from the banner.',
  'tooLarge.title': 'That was too much',
  'tooLarge.do': 'Close this window, start signing in again from the banner, and enter only your email address and password.',
  'refused.title': 'The hub cannot sign you in',
  'refused.do': 'Close this window and start signing in again from the banner. If it happens again, give your administrator this code: $1.',
  'failed.title': 'Something went wrong in the hub',
  'failed.do': 'Close this window, wait a moment and start signing in again from the banner. If it happens again, tell your administrator.',
  'signOut.title': 'Sign out?',
  'signOut.lead': 'You will be signed out of the banner in every browser.',
  'signOut.submit': 'Sign out',
  'signOut.stay': 'Stay signed in',
  'signedOut.title': 'You are signed out',
  'signedOut.do': 'You can close this window.',
  'time.seconds': '$1 seconds',
  'time.minute': 'one minute',
  'time.minutes': '$1 minutes',
} as const;

export type MessageKey = keyof typeof en;

export function message(key: MessageKey, ...values: readonly (string | number)[]): string {
  return en[key].replace(/\$(\d)/g, (_, n: string) => String(values[Number(n) - 1] ?? ''));
}

/** A waiting time in words, rounded up: "40 seconds", "14 minutes". */
export function waitInWords(seconds: number): string {
  if (seconds <= 50) return message('time.seconds', Math.max(10, Math.ceil(seconds / 10) * 10));
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? message('time.minute') : message('time.minutes', minutes);
}
