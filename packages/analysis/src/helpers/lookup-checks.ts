/** The places of a file where the result of a lookup is checked. */
import {
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  type CallExpression,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { flowRootOf } from "../flow/roots.ts";
import type { Scopes, Variable } from "../flow/scope.ts";
import { nodesOf } from "../walk.ts";
import { isResultChecked, lookupKeyOf } from "./lookup-uses.ts";
import { asMethodCall } from "./names.ts";
import { unwrapped } from "./nodes.ts";

const remembered = new WeakMap<SourceFile, ReadonlyMap<string, readonly CallExpression[]>>();

/** Another function's call of the same lookup, whose result is checked there; none where this function checks one too. */
export function lookupCheckOf(
  scopes: Scopes,
  sourceFile: SourceFile,
  call: CallExpression,
): CallExpression | undefined {
  const checks = checksIn(scopes, sourceFile);
  const same = (checks.get(lookupKeyOf(call)) ?? []).filter(other => ownerOf(scopes, other) === ownerOf(scopes, call));
  return isKnownHere(call, same) ? undefined : same[0];
}

/**
 * The same for a call whose result is asserted, of a collection that a function is handed, which cannot know what is in it:
 * the collection counts, by its name, whatever the key.
 */
export function collectionCheckOf(
  scopes: Scopes,
  sourceFile: SourceFile,
  call: CallExpression,
): CallExpression | undefined {
  const checks = checksIn(scopes, sourceFile);
  const method = asMethodCall(call);
  if (method?.name !== "get" || scopes.variableOf(unwrapped(method.object))?.kind !== "parameter") return undefined;
  const callee = call.expression.getText();
  const same = [...checks.values()].flat().filter(other => other.expression.getText() === callee);
  return isKnownHere(call, same) ? undefined : same.find(other => lookupKeyOf(other) !== lookupKeyOf(call));
}

/** Whether the function that makes a lookup checks one of the same, or sees to what it finds. */
function isKnownHere(call: CallExpression, same: readonly CallExpression[]): boolean {
  const root = flowRootOf(call);
  return same.some(other => flowRootOf(other) === root) || fillsOrAsks(root, call);
}

/** `if (!rooms.has(id)) rooms.set(id, …)` before `rooms.get(id)`, in the same function. */
function fillsOrAsks(root: Node, call: CallExpression): boolean {
  const method = asMethodCall(call);
  if (!method) return false;
  const object = unwrapped(method.object).getText();
  return [...nodesOf(root)].some(node => {
    const other = isCallExpression(node) ? asMethodCall(node) : undefined;
    return other !== undefined && FILLS_OR_ASKS.has(other.name) && unwrapped(other.object).getText() === object;
  });
}

const FILLS_OR_ASKS: ReadonlySet<string> = new Set("has set add push unshift includes some test setItem".split(" "));

function checksIn(scopes: Scopes, sourceFile: SourceFile): ReadonlyMap<string, readonly CallExpression[]> {
  let checks = remembered.get(sourceFile);
  if (!checks) remembered.set(sourceFile, (checks = collect(scopes, sourceFile)));
  return checks;
}

function collect(scopes: Scopes, sourceFile: SourceFile): ReadonlyMap<string, readonly CallExpression[]> {
  const checks = new Map<string, CallExpression[]>();
  for (const node of nodesOf(sourceFile)) {
    if (!isCallExpression(node) || !isResultChecked(scopes, node)) continue;
    const key = lookupKeyOf(node);
    const others = checks.get(key);
    if (others) others.push(node);
    else checks.set(key, [node]);
  }
  return checks;
}

/** What the names in the callee belong to: the variable that it starts with, or the class whose `this` it is. */
function ownerOf(scopes: Scopes, call: CallExpression): Variable | Node | undefined {
  let at: Node = call.expression;
  for (let next: Node | undefined = at; next; next = (next as Node & { expression?: Node }).expression) at = next;
  if (isIdentifier(at)) return scopes.variableOf(at);
  let owner: Node = call;
  while (owner.parent && !isClassLikeDeclaration(owner)) owner = owner.parent;
  return owner;
}
