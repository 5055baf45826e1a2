/** The routes that the Maker calls: it carries the schemas of no others. */
import { makerRoutes } from './routes-maker.ts';
import { profileRoutes } from './routes-profiles.ts';

export const consoleRoutes = { ...profileRoutes, ...makerRoutes } as const;
