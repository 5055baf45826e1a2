import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { LIVE_PROTOCOL } from '../../lib/api/live.ts';
import { PROBLEM_TYPE, PROBLEMS, type ProblemCode, problem } from '../../lib/api/problem.ts';
import { isConsoleNeed, type Route, type RouteName, routes, SESSION_HEADER } from '../../lib/api/routes.ts';
import { profileView, snapshot } from '../../lib/api/snapshot.ts';
import { documentSchema } from '../../lib/profile/schema.ts';

type Json = Record<string, unknown>;

/** What may go wrong with any request, besides what a route itself may refuse with. */
const ALWAYS: readonly ProblemCode[] = ['rate.limited', 'hub.failed', 'hub.stopping', 'hub.notReady'];
const OF_TOKEN: readonly ProblemCode[] = ['auth.missing', 'auth.invalid', 'auth.unknownPerson'];
const OF_BODY: readonly ProblemCode[] = ['request.invalid', 'request.tooLarge', 'request.type'];

/** The hub's routes as an OpenAPI 3.1 document, printed from the same declaration that serves them. */
export function openApiDocument(version: string, publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: Route = routes[name];
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  paths['/api/live'] = { get: LIVE };
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Pennon hub', version, description: 'Profiles, sessions and commands of an agent banner.' },
    servers: [{ url: publicUrl }],
    tags: ['hub', 'session', 'commands', 'interactions', 'modules', 'connector', 'profiles', 'people', 'resources', 'audit'].map((name) => ({ name })),
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token of the issuer that GET /api/hub names, or an API token of `node server/main.ts token`.',
        },
      },
    },
  };
}

function operation(name: RouteName, route: Route): Json {
  const parameters = parametersOf(route);
  const operationOf: Json = { operationId: name, summary: route.summary, tags: [route.tag] };
  if (route.needs !== 'none') operationOf.security = [{ token: [] }];
  if (isConsoleNeed(route.needs)) operationOf.description = `Needs the right ${route.needs} of the Maker.`;
  if (parameters.length > 0) operationOf.parameters = parameters;
  if (route.body) {
    operationOf.requestBody = { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } };
  }
  operationOf.responses = { [route.status]: success(route), ...notModified(name), ...refusals(route) };
  return operationOf;
}

function parametersOf(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const header = (name: string, required: boolean, description: string) => ({ name, in: 'header', required, description, schema: { type: 'string' } });
  const headers = [
    ...(route.needs === 'session' || route === routes.endSession ? [header(SESSION_HEADER, false, 'The session this browser opened.')] : []),
    ...(route.guard === 'ifMatch' ? [header('If-Match', true, 'The ETag that was read.')] : []),
    ...(route.guard === 'key' ? [header('Idempotency-Key', false, 'The same key with the same request gives the same answer, and does the thing once.')] : []),
  ];
  return [...inPath, ...queryOf(route), ...headers];
}

function queryOf({ query }: Route): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

function success({ answer, guard, path }: Route): Json {
  const tagged = guard === 'ifMatch' || path.endsWith('/draft') || path === '/api/banner';
  return {
    description: answer ? 'Done' : 'Done; no body',
    ...(answer && tagged ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
    ...(answer ? { content: { 'application/json': { schema: schemaOf(answer, 'output') } } } : {}),
  };
}

const notModified = (name: RouteName): Json => (name === 'banner' ? { 304: { description: 'What If-None-Match names still holds' } } : {});

/** One answer a status, listing the codes it may carry. */
function refusals(route: Route): Json {
  const codes = new Set<ProblemCode>([
    ...route.problems,
    ...(route.needs === 'none' ? [] : OF_TOKEN),
    ...(isConsoleNeed(route.needs) ? (['forbidden'] as const) : []),
    ...(route.body ? OF_BODY : []),
    ...(route.query ? (['request.invalid'] as const) : []),
    ...(route.guard === 'key' ? (['request.replayed'] as const) : []),
    ...(route.guard === 'ifMatch' ? (['request.precondition'] as const) : []),
    ...ALWAYS,
  ]);
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code]);
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, refusal(some)]));
}

const refusal = (codes: readonly ProblemCode[]): Json => ({
  description: codes.join(', '),
  content: {
    [PROBLEM_TYPE]: {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: [...codes] } } }] },
    },
  },
});

const LIVE: Json = {
  operationId: 'live',
  summary: 'The live link: a WebSocket, or with Accept: text/event-stream server-sent events',
  description: `WebSocket subprotocol ${LIVE_PROTOCOL}; the first message is \`hello\` with the access token. For the event stream the token stands in Authorization.`,
  tags: ['session'],
  responses: {
    101: { description: 'The WebSocket' },
    200: { description: 'The event stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    ...refusals({ ...routes.banner, problems: ['session.none', 'session.ended'] }),
  },
};

/** What several routes speak of stands once, under a name. */
const NAMED: Readonly<Record<string, v.GenericSchema>> = {
  Problem: problem,
  ProfileDocument: documentSchema,
  ProfileView: profileView,
  Snapshot: snapshot,
};

const CONVERSION: ConversionConfig = {
  target: 'draft-2020-12',
  errorMode: 'ignore',
  definitions: NAMED,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
};

const namedSchemas = (): Json => ({ ...toJsonSchemaDefs(NAMED, { ...CONVERSION, typeMode: 'output' }) });

/** What JSON Schema cannot say (no row twice) is left out; everything else is the schema that validates. */
function schemaOf(schema: v.GenericSchema, typeMode: 'input' | 'output'): Json {
  const { $schema, $defs, ...rest } = toJsonSchema(schema, { ...CONVERSION, typeMode }) as Json;
  return rest;
}
