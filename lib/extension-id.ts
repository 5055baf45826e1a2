/**
 * Who the extension is to a browser. A fixed identity gives fixed sign-in addresses, which an issuer must know beforehand.
 *
 * Chromium: the id follows from the public key in the manifest: the first 16 bytes of its SHA-256, each half byte written
 * as a letter from a to p. The private half is not kept: a store signs with its own key, and an unpacked folder is not
 * signed at all. Firefox: the sign-in address follows from the gecko id: its SHA-1 in hexadecimal.
 */
export const CHROMIUM_KEY = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2b9IjakYJUcDmSqt3KwtHhI2Ms36VfASc7f4p+MbofziD+15RGfpBrON',
  'CgTieanuQEQRiEa3PWRNP8FnqeIntxJfazpoNhgXuMK5xLE32s0aj5B5wZVX8vT0Bj9NlTVj5FecA6skYtcWD5b7kUrcOy7pEWRi',
  'Gaa8A+piGelshv5g93isx/IkHa98rL+D4TMOAuktuGyU5AdIejPWTn6C8QpF1brDzIu8TydsBr8EanGjCR5Aw8MkHzfntH3gRGmd',
  'f9gR2rBz1xsZioJnbAEizYZ6+Sy0PF6VgIpQKyo0n0ZpZ/17Y6Du1sWXdp8aQWjo5oloz/UoeF3aGxrCdvcBUQIDAQAB',
].join('');
export const CHROMIUM_ID = 'elpbooaohpdlmbjkjhomdccopnjahmog';
export const GECKO_ID = 'agent-banner@pennon.example';
export const GECKO_HASH = 'a62555de1ff0be41538bdab4c2108238ae80e1cd';

/** Where the issuer sends the browser back to after a sign-in: what `identity.getRedirectURL()` answers. */
export const REDIRECT_ADDRESSES = [
  `https://${CHROMIUM_ID}.chromiumapp.org/`,
  `https://${GECKO_HASH}.extensions.allizom.org/`,
] as const;
