/** The same answers from libraries for permissions: each is given what was decided as rules of its own kind. */
import type { Decision } from '../../../lib/decide/index.ts';
import { peer } from '../harness/peers.ts';

export interface DecidePeer {
  /** Whether a control may be used. */
  can(control: string): unknown;
  /** The same with why not, where the library has that. */
  why?(control: string): unknown;
}

export async function permix(all: readonly Decision[]): Promise<DecidePeer> {
  interface Permix {
    setup(rules: object): void;
    check(path: string): boolean;
  }
  const { createPermix } = await peer<{ createPermix(): Permix }>('permix');
  const made = createPermix();
  // Dots are its own separators.
  const plain = (control: string) => control.replaceAll('.', '_');
  made.setup(Object.fromEntries(all.map(({ control, enabled }) => [plain(control), { use: enabled }])));
  const paths = new Map(all.map(({ control }) => [control as string, `${plain(control)}.use`]));
  return { can: (control) => made.check(paths.get(control)!) };
}

export async function accesscontrol(all: readonly Decision[]): Promise<DecidePeer> {
  interface Query {
    readAny(resource: string): { readonly granted: boolean };
  }
  interface Control {
    grant(role: string): { readAny(resource: string): unknown };
    can(role: string): Query;
  }
  const { AccessControl } = await peer<{ AccessControl: new () => Control }>('accesscontrol');
  const made = new AccessControl();
  const grants = made.grant('agent');
  const plain = (control: string) => control.replaceAll('.', '_');
  for (const { control, enabled } of all) if (enabled) grants.readAny(plain(control));
  const names = new Map(all.map(({ control }) => [control as string, plain(control)]));
  return { can: (control) => made.can('agent').readAny(names.get(control)!).granted };
}

const MODEL = `[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.obj == p.obj && r.act == p.act`;

export async function casbin(all: readonly Decision[]): Promise<DecidePeer> {
  interface Enforcer {
    addPolicies(rules: string[][]): Promise<boolean>;
    enforceSync(...request: string[]): boolean;
  }
  const { newEnforcer, newModelFromString } = await peer<{ newEnforcer(model: unknown): Promise<Enforcer>; newModelFromString(text: string): unknown }>('casbin');
  const made = await newEnforcer(newModelFromString(MODEL));
  await made.addPolicies(all.filter(({ enabled }) => enabled).map(({ control }) => ['agent', control, 'use']));
  return { can: (control) => made.enforceSync('agent', control, 'use') };
}
