import packageJson from '../package.json' with { type: 'json' };

/** The version of Pennon, hub and extension alike. */
export const VERSION: string = packageJson.version;
