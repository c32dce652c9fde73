/** Values that may be missing whatever their type says, so that no check of them is mere caution. */
import { asFixedLocal, asMethodCall, literalValue, unwrapped, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  type Node,
} from "@review/program/syntax";

/**
 * Whether a value is an element under a computed key, or the answer of a lookup, directly or in a local, or a member of
 * what `JSON.parse` has made.
 */
export function isUncertain(pass: Pass, value: Node): boolean {
  const source = sourceOf(pass, value);
  if (isPropertyAccessExpression(source)) return isParsed(pass, source.expression);
  return isLookup(source);
}

/** What a local was made of; the value itself where it is no such local. */
function sourceOf(pass: Pass, value: Node): Node {
  const bare = unwrapped(value);
  const [name] = pass.scopes().variableOf(bare)?.declarations ?? [];
  const local = name && asFixedLocal(name.parent);
  return local ? unwrapped(local.value) : bare;
}

function isLookup(source: Node): boolean {
  if (isElementAccessExpression(source)) return typeof literalValue(source.argumentExpression) !== "string";
  const method = isCallExpression(source) ? asMethodCall(source) : undefined;
  return method !== undefined && LOOKUPS.has(method.name);
}

const LOOKUPS: ReadonlySet<string> = new Set([
  ...["find", "findLast", "get", "at", "pop", "shift", "match", "exec"],
  ...["getElementById", "querySelector", "closest"],
]);

function isParsed(pass: Pass, owner: Node): boolean {
  const source = sourceOf(pass, owner);
  if (isPropertyAccessExpression(source)) return isParsed(pass, source.expression);
  return isCallExpression(source) && source.expression.getText() === "JSON.parse";
}
