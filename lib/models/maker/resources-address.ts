/** Addresses with variables in them, as custom buttons and CRMs have them. */
import { filledIn, IN_BRACES, sampleOf, variableNamed } from '../../interaction/variables.ts';
import { isAddress, isServiceAddress, isWorkflowName } from '../../profile/resource.ts';
import type { FieldError } from './record-form.ts';

export { sampleOf, type Variable, variableNamed, VARIABLES } from '../../interaction/variables.ts';

/** Names in braces that are no variables: they stay as they are written. */
export const unknownVariables = (target: string): readonly string[] =>
  [...new Set([...target.matchAll(IN_BRACES)].map(([, name]) => name!))].filter((name) => variableNamed(name) === null);

/** With the examples in place of the variables, made fit for an address. */
export const withSamples = (target: string): string => filledIn(target, sampleOf);

/** A page and a web service need their address; a workflow its name. */
export function targetError(opens: string, target: string): FieldError | null {
  if (target.trim() === '') return { key: 'makerResources.error.target' };
  if (opens === 'workflow') return isWorkflowName(target) ? null : { key: 'makerResources.error.workflowName' };
  if (opens === 'webService') return isServiceAddress(target) ? null : { key: 'makerResources.error.serviceAddress' };
  return isAddress(target) ? null : { key: 'makerResources.error.address' };
}

export const addressError = (address: string): FieldError | null =>
  isAddress(address) ? null : { key: 'makerResources.error.address' };
