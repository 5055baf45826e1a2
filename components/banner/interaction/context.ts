import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Interactions } from '../../../lib/models/interaction/interactions.ts';

const Model = createContext<Interactions | null>(null);
export const InteractionsProvider = Model.Provider;

export function useInteractions(): Interactions {
  const model = useContext(Model);
  if (!model) throw new Error('a part of the card is drawn outside of it');
  return model;
}
