/** What customers say and write, by what it is about. `{name}`, `{city}`, `{contract}` and `{claim}` are the customer's own. */
export const CALL_THEMES = ['motor', 'home', 'newCustomer', 'complaint', 'billing'] as const;
export const MAIL_THEMES = ['motor', 'home', 'documents', 'complaint', 'billing'] as const;
export const CHAT_THEMES = ['motor', 'home', 'newCustomer', 'chat'] as const;
export type CallTheme = (typeof CALL_THEMES)[number];
export type MailTheme = (typeof MAIL_THEMES)[number];
export type ChatTheme = (typeof CHAT_THEMES)[number];

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

export interface Chat {
  readonly opening: string;
  /** One after each answer. */
  readonly replies: readonly string[];
}

export interface Texts {
  /** What the caller chose in the menu. */
  readonly calls: Readonly<Record<CallTheme, readonly string[]>>;
  readonly mails: Readonly<Record<MailTheme, readonly Mail[]>>;
  readonly chats: Readonly<Record<ChatTheme, readonly Chat[]>>;
  /** By email, some time after an answer. */
  readonly afterAnswer: readonly string[];
}
