import { Hono } from 'hono';
import type { Metrics } from '../metrics.ts';
import { ProblemError } from './problem-error.ts';

/** Each answers within a second or counts as no. */
export type Checks = Readonly<Record<string, () => Promise<boolean>>>;

const CHECK_MS = 1000;

/** `/health`: the process answers. `/ready`: it can serve. `/metrics`: Prometheus. */
export function statusRoutes(metrics: Metrics, checks: Checks): Hono {
  const app = new Hono();
  app.get('/health', (context) => context.json({ status: 'up' }));
  app.get('/ready', async (context) => {
    const names = Object.keys(checks);
    const answers = await Promise.all(names.map((name) => inTime(checks[name] as () => Promise<boolean>)));
    const failing = names.filter((_, i) => !answers[i]);
    if (failing.length === 0) return context.json({ status: 'ready' });
    return new ProblemError('hub.notReady', { detail: `Not ready: ${failing.join(', ')}.`, retryAfter: 1 }).toResponse();
  });
  app.get('/metrics', async () => {
    const headers = { 'content-type': metrics.registry.contentType };
    return new Response(await metrics.registry.metrics(), { headers });
  });
  return app;
}

async function inTime(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, CHECK_MS, false);
  });
  return Promise.race([check().catch(() => false), late]).finally(() => clearTimeout(timer));
}
