import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Supervising } from '../../../lib/models/supervision/watching.ts';

const Model = createContext<Supervising | null>(null);
export const SupervisingProvider = Model.Provider;

export function useSupervising(): Supervising {
  const model = useContext(Model);
  if (!model) throw new Error('a part of supervision is drawn outside of it');
  return model;
}
