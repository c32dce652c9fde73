/** Parameters that a function cannot do without: it throws a TypeError where they are null or undefined, whichever way it goes. */
import {
  isIdentifier,
  type FunctionLikeDeclaration,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { fateOf } from "../flow/fate.ts";
import { scopesOf } from "../flow/scope.ts";
import { stablePathOf } from "../flow/stable-paths.ts";
import type { Pass } from "../rule.ts";
import { mayEndBefore } from "./proven-crashes.ts";

/** By parameter and by what it is: many calls mean the same function. */
const uses = new WeakMap<ParameterDeclaration, ReadonlyMap<number, Node | null>>();

/** Where a function fails for a parameter with one of these values (bits, as `NULLISH`); undefined where it need not. */
export function* failingUseOf(
  pass: Pass,
  fn: FunctionLikeDeclaration,
  parameter: ParameterDeclaration,
  values: number,
): Ask<Node | undefined> {
  return parameter.questionToken ? undefined : yield* useThatNeeds(pass, fn, parameter, values);
}

/** The same of a parameter that is optional by its own declaration. */
export function* useThatNeeds(
  pass: Pass,
  fn: FunctionLikeDeclaration,
  parameter: ParameterDeclaration,
  values: number,
): Ask<Node | undefined> {
  if (parameter.initializer || parameter.dotDotDotToken) return undefined;
  const known = uses.get(parameter)?.get(values);
  if (known !== undefined) return known ?? undefined;
  const use = yield* findUse(pass, fn, parameter.name, values);
  uses.set(parameter, new Map([...(uses.get(parameter) ?? []), [values, use ?? null]]));
  return use;
}

function* findUse(pass: Pass, fn: FunctionLikeDeclaration, name: Node, values: number): Ask<Node | undefined> {
  if (!isIdentifier(name)) return name;
  const graph = yield* pass.flow(fn);
  const scopes = scopesOf(fn.getSourceFile());
  const path = stablePathOf(scopes, name);
  if (!graph || !path) return undefined;
  const fate = fateOf({ graph, scopes, path, values }, { block: graph.entry, index: 0 });
  if (!fate || (yield* mayEndBefore(pass, fate.calls))) return undefined;
  return fate.crashes[0]?.node;
}
