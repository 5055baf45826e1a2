import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The hub's measures, in a registry of their own so that several hubs can live in one process. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'pennon_request_seconds',
      help: 'Time to answer, by route and status',
      labelNames: ['route', 'status'] as const,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    refused: new Counter({
      name: 'pennon_commands_refused_total',
      help: 'Commands refused by the decision, by control and layer of the reason',
      labelNames: ['control', 'layer'] as const,
      registers,
    }),
    sockets: new Gauge({
      name: 'pennon_live_links',
      help: 'Open live links, by transport',
      labelNames: ['transport'] as const,
      registers,
    }),
    sessions: new Gauge({ name: 'pennon_sessions', help: 'Open sessions', registers }),
    publishes: new Counter({ name: 'pennon_publishes_total', help: 'Profile versions published', registers }),
  };
}
