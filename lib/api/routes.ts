/** The hub's routes as data: the hub serves them, the client calls them and the OpenAPI document is printed from them. */
import * as v from 'valibot';
import { CHANNELS } from '../catalogue/index.ts';
import { connectorRoutes } from './connector.ts';
import { campaignRoutes } from './routes-campaigns.ts';
import { interactionRoutes } from './routes-interactions.ts';
import { makerRoutes } from './routes-maker.ts';
import { moduleRoutes } from './routes-modules.ts';
import { profileRoutes } from './routes-profiles.ts';
import { sessionRoutes } from './routes-session.ts';
import { supervisionRoutes } from './routes-supervision.ts';

import type { ConsoleNeed } from './route.ts';

export type { ConsoleNeed, Route } from './route.ts';
export { isConsoleNeed } from './route.ts';
export { SESSION_HEADER } from './routes-session.ts';
export * from './shapes.ts';
export * from './shapes-maker.ts';

export const routes = { ...sessionRoutes, ...interactionRoutes, ...moduleRoutes, ...campaignRoutes, ...supervisionRoutes, ...profileRoutes, ...makerRoutes, ...connectorRoutes } as const;

export type RouteName = keyof typeof routes;
/** The routes that need a right of the Maker. */
export type ConsoleRouteName = { [N in RouteName]: (typeof routes)[N]['needs'] extends ConsoleNeed ? N : never }[RouteName];
export type RouteBody<N extends RouteName> = (typeof routes)[N] extends { body: infer B extends v.GenericSchema } ? v.InferInput<B> : undefined;
export type RouteAnswer<N extends RouteName> = (typeof routes)[N] extends { answer: infer A extends v.GenericSchema } ? v.InferOutput<A> : undefined;

/** Values of `:channel`. */
export const channelParameter = v.picklist(CHANNELS);
