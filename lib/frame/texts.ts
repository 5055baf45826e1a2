import { browser } from 'wxt/browser';

/** Not `#i18n`: its types are for components, and these three are all the texts there are outside our own pages. */
export const frameText = (key: string): string => browser.i18n.getMessage(key as never);
