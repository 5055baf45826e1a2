/** What a module's panel reads of the hub: through the background, which has the token and does not know these routes. */
import * as v from 'valibot';
import { pathOf } from '../api/client-call.ts';
import { clientProblem } from '../api/client-problem.ts';
import type { Route } from '../api/route.ts';
import { type ModulePage, type ModuleRow, type moduleFile, moduleRoutes } from '../api/routes-modules.ts';
import type { Answer, Client, HubAsk } from '../session/client-state.ts';

export type ModuleFile = v.InferOutput<typeof moduleFile>;
export type ListQuery = v.InferOutput<(typeof moduleRoutes)['listModule']['query']>;

/** Never rejects: what goes wrong is a problem. */
export interface ModuleHub {
  list(module: string, query: ListQuery): Promise<Answer<ModulePage>>;
  row(module: string, id: string): Promise<Answer<ModuleRow>>;
  /** @param play to hear it here; else to keep it, which the hub decides by the right to download */
  file(module: string, id: string, play: boolean): Promise<Answer<ModuleFile>>;
}

export function createModuleHub(client: Pick<Client, 'call'>): ModuleHub {
  const read = async <R extends Route & { answer: v.GenericSchema }>(
    route: R,
    params: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Answer<v.InferOutput<R['answer']>>> => {
    const path = pathOf(route, { params, query }) as HubAsk['path'];
    const answer = await client.call('ask', { method: route.method, path, answers: true });
    if (!answer.ok) return answer;
    const parsed = v.safeParse(route.answer, answer.value.value);
    if (parsed.success) return { ok: true, value: parsed.output };
    return { ok: false, problem: clientProblem('client.malformed', v.getDotPath(parsed.issues[0]) ?? undefined) };
  };
  return {
    list: (module, query) => read(moduleRoutes.listModule, { module }, query),
    row: (module, id) => read(moduleRoutes.readModuleRow, { module, id }),
    file: (module, id, play) => read(moduleRoutes.readModuleFile, { module, id }, play ? { play: '1' } : {}),
  };
}
