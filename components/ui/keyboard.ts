/**
 * What had the keyboard is gone, and it is on nothing. False while the page around has it, from which nothing here takes it: the
 * frame's own document then still names what had it last, or its body.
 */
export const isKeyboardLost = (): boolean => document.hasFocus() && document.activeElement === document.body;
