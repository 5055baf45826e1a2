/** What a card reads and writes besides commands. With its schemas, so it is loaded when first asked: see `lazyHub`. */
import type * as v from 'valibot';
import { asks, checked } from '../../api/client-ask.ts';
import type { AnyInput } from '../../api/client-call.ts';
import type { Route } from '../../api/route.ts';
import { interactionRoutes as routes } from '../../api/routes-interactions.ts';
import type { Channel } from '../../catalogue/index.ts';
import type { Looked } from './number.ts';
import type { Answer, Client, HubAsked } from '../../session/client-state.ts';

type Read<N extends 'readInteraction' | 'listPool' | 'transferTargets'> = v.InferOutput<(typeof routes)[N]['answer']>;
export type Whole = Read<'readInteraction'>;
export type Pooled = Read<'listPool'>;
export type Targets = Read<'transferTargets'>;

/** Never rejects: what goes wrong is a problem. What a write answers comes with the next snapshot. */
export interface InteractionHub {
  whole(id: string): Promise<Answer<Whole>>;
  targets(id: string): Promise<Answer<Targets>>;
  number(channel: 'voice' | 'messages', typed: string): Promise<Answer<Looked>>;
  pool(channel: Channel): Promise<Answer<Pooled>>;
  writeNote(id: string, note: string): Promise<Answer<unknown>>;
  sendMessage(id: string, text: string): Promise<Answer<unknown>>;
  /** @param to the last message that was looked at */
  markRead(id: string, to: number): Promise<Answer<unknown>>;
  withdrawNext(): Promise<Answer<unknown>>;
}

export function createInteractionHub(client: Pick<Client, 'call'>): InteractionHub {
  const ask = async (route: Route, input: AnyInput = {}): Promise<Answer<HubAsked>> => checked(route, await client.call('ask', asks(route, input)));
  const read = async <T>(route: Route, input: AnyInput): Promise<Answer<T>> => {
    const answer = await ask(route, input);
    return answer.ok ? { ok: true, value: answer.value.value as T } : answer;
  };
  return {
    whole: (id) => read(routes.readInteraction, { params: { id } }),
    targets: (id) => read(routes.transferTargets, { params: { id } }),
    number: (channel, typed) => read(routes.checkNumber, { params: { channel }, query: { typed } }),
    pool: (channel) => read(routes.listPool, { params: { channel } }),
    writeNote: (id, note) => ask(routes.writeNote, { params: { id }, body: { note } }),
    sendMessage: (id, text) => ask(routes.sendMessage, { params: { id }, body: { text } }),
    markRead: (id, to) => ask(routes.markRead, { params: { id }, body: { to } }),
    withdrawNext: () => ask(routes.withdrawNextProfile),
  };
}
