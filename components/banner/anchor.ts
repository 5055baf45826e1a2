/** A CSS identifier for the element with this id to be an anchor by. */
export const anchorOf = (id: string): string => `--at-${id.replaceAll(/[^\w-]/g, '-')}`;
