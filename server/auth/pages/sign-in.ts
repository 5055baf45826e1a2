import { message, type MessageKey } from '../messages.ts';
import { html, Html } from './html.ts';
import { page } from './layout.ts';

/** Somebody of the demo centre to sign in as. */
export interface DemoAccount {
  readonly name: string;
  readonly email: string;
  /** "Agent · Inbound advisor, Messaging" */
  readonly about: string;
  /** The one at login first. */
  readonly profiles: readonly string[];
  /** What is special about them. */
  readonly note?: string;
}

export interface SignInPage {
  readonly hubName: string;
  /** Of the sign-in in hand: `/oidc/interaction/…`. */
  readonly address: string;
  readonly email: string;
  readonly password?: string;
  readonly errors?: { readonly email?: MessageKey; readonly password?: MessageKey };
  /** Said above the form: what went wrong, and what comes next. */
  readonly alert?: readonly string[];
  readonly demo: { readonly accounts: readonly DemoAccount[]; readonly password: string } | null;
}

export function signInPage(show: SignInPage): string {
  const failed = show.alert !== undefined || show.errors !== undefined;
  const title = message('signIn.title');
  return page(
    failed ? message('signIn.errorTitle', title) : title,
    show.hubName,
    html`<div class="card">
<h1>${title}</h1>
<p class="quiet">${message('signIn.lead')}</p>
${show.alert && html`<div class="alert" role="alert">${show.alert.map((text) => html`<p>${text}</p>`)}</div>`}
<form method="post" action="${show.address}" novalidate>
${field('email', show)}
${field('password', show)}
<div class="actions">
<button type="submit"${focusOf(show) === 'submit' && new Html(' autofocus')}>${message('signIn.submit')}</button>
<button type="submit" class="plain" formaction="${show.address}/cancel">${message('signIn.cancel')}</button>
</div>
</form>
<p class="quiet">${message('signIn.forgotten')}</p>
</div>
${show.demo && demoHint(show)}`,
  );
}

const FIELDS = {
  email: { type: 'email', autocomplete: 'username', more: new Html(' autocapitalize="none" spellcheck="false" inputmode="email"') },
  password: { type: 'password', autocomplete: 'current-password', more: new Html('') },
} as const;

/** The first field that needs something has the focus. */
function field(name: keyof typeof FIELDS, show: SignInPage): Html {
  const { type, autocomplete, more } = FIELDS[name];
  const error = show.errors?.[name];
  const value = (name === 'email' ? show.email : show.password) ?? '';
  const focused = focusOf(show) === name;
  return html`<div>
<label for="${name}">${message(`signIn.${name}`)}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${value}" maxlength="320" required${more}${focused && new Html(' autofocus')}${error && html` aria-invalid="true" aria-describedby="${name}-error"`}>
${error && html`<p class="error" id="${name}-error">${message(error)}</p>`}
</div>`;
}

function focusOf({ errors, email, password }: SignInPage): 'email' | 'password' | 'submit' {
  if (errors?.email) return 'email';
  if (errors?.password) return 'password';
  if (!email) return 'email';
  return password ? 'submit' : 'password';
}

function demoHint({ address, email, demo }: SignInPage): Html {
  const [before = '', after = ''] = message('demo.lead', '\0').split('\0');
  return html`<section class="demo" aria-labelledby="demo">
<h2 id="demo">${message('demo.title')}</h2>
<p class="quiet">${before}<code>${demo?.password}</code>${after}</p>
<ul>
${demo?.accounts.map(
  (account) => html`<li><a href="${address}?as=${encodeURIComponent(account.email)}"${account.email === email && new Html(' aria-current="true"')}><b>${account.name}</b>${account.email === email && html`<i>${message('demo.chosen')}</i>`}<small>${account.about}${account.note && html`<br>${account.note}`}</small></a></li>
`,
)}</ul>
</section>`;
}

export const signOutPage = (hubName: string, form: Html): string =>
  page(
    message('signOut.title'),
    hubName,
    html`<div class="card">
<h1>${message('signOut.title')}</h1>
<p class="quiet">${message('signOut.lead')}</p>
${form}
<form class="actions">
<button type="submit" form="op.logoutForm" name="logout" value="yes">${message('signOut.submit')}</button>
<button type="submit" class="plain" form="op.logoutForm">${message('signOut.stay')}</button>
</form>
</div>`,
  );
