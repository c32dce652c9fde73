/**
 * Lookups of what the same function takes out of the table, by a key that somebody else chooses: `pending[message.id].done();
 * delete pending[message.id]`. A message that comes twice finds nothing.
 */
import {
  enclosingFunction,
  nodesOf,
  perFile,
  uncheckedUseOf,
  unwrapped,
  wrapped,
  type Pass,
  type Scopes,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { keyedOf, type Keyed, type Lookup } from "./keyed.ts";

export interface TakenOut {
  readonly use: Node;
  readonly key: Node;
  readonly removal: Node;
}

export function takenOut(pass: Pass, lookup: Lookup): TakenOut | undefined {
  const parts = keyedOf(lookup);
  const fn = parts && enclosingFunction(lookup);
  if (!parts || !fn?.body || !isKept(parts.table)) return undefined;
  const removal = onlyRemovalIn(fn.body, lookup, parts);
  if (!removal || !isChosenOutside(pass.scopes(), fn, parts.key)) return undefined;
  const use = uncheckedUseOf(pass.scopes(), lookup);
  return use && use.pos < removal.pos ? { use, key: parts.key, removal } : undefined;
}

/** A member, which others see: what a function has for itself it has filled itself. */
function isKept(table: Expression): boolean {
  return isPropertyAccessExpression(unwrapped(table));
}

/** What takes the entry out, where the function has nothing else to do with the table. */
function onlyRemovalIn(body: Node, lookup: Lookup, { table, key }: Keyed): Node | undefined {
  const [name, wanted] = [table.getText(), key.getText()];
  let removal: Node | undefined;
  for (const node of nodesOf(body)) {
    if (!isPropertyAccessExpression(node) || node.getText() !== name || node === unwrapped(table)) continue;
    if (removal || node.pos < lookup.pos) return undefined;
    removal = removalOf(node, wanted);
    if (!removal) return undefined;
  }
  return removal;
}

/** `delete table[key]`, `table.delete(key)` */
function removalOf(table: Node, key: string): Node | undefined {
  const { parent } = wrapped(table);
  if (isElementAccessExpression(parent)) {
    const isSame = isDeleteExpression(parent.parent) && parent.argumentExpression.getText() === key;
    return isSame ? parent.parent : undefined;
  }
  const call = isPropertyAccessExpression(parent) && parent.name.text === "delete" ? parent.parent : undefined;
  if (!call || !isCallExpression(call) || call.expression !== parent) return undefined;
  return call.arguments[0]?.getText() === key ? call : undefined;
}

/** Whether a key is, or is a member of, a parameter of a function that gets it from outside of the file. */
function isChosenOutside(scopes: Scopes, fn: FunctionLikeDeclaration, key: Expression): boolean {
  let root = unwrapped(key);
  while (isPropertyAccessExpression(root)) root = unwrapped(root.expression);
  const parameter = isIdentifier(root) ? scopes.variableOf(root) : undefined;
  if (parameter?.kind !== "parameter" || parameter.root !== fn) return false;
  if (parameter.references.some(({ isWritten }) => isWritten)) return false;
  const name = nameOf(fn);
  const index = fn.parameters.findIndex(each => each.name === parameter.declarations[0]);
  if (name === undefined || index < 0) return false;
  return (callsIn(fn.getSourceFile()).get(name) ?? []).every(call => handsOn(scopes, call.arguments[index]));
}

/** The name that a function is called by; none for a callback. */
function nameOf(fn: FunctionLikeDeclaration): string | undefined {
  const named: Node | undefined = isMethodDeclaration(fn) || isFunctionDeclaration(fn) ? fn.name : assignedTo(fn);
  return named && isIdentifier(named) ? named.text : undefined;
}

/** `Socket.prototype.onAck = function (packet) { … }` */
function assignedTo(fn: Node): Identifier | undefined {
  const { parent } = wrapped(fn);
  if (!isBinaryExpression(parent) || !isPropertyAccessExpression(parent.left)) return undefined;
  return isIdentifier(parent.left.name) ? parent.left.name : undefined;
}

/** Whether a call passes what its own function was handed, and that is no callback. */
function handsOn(scopes: Scopes, argument: Node | undefined): boolean {
  let root = argument && unwrapped(argument);
  while (root && isPropertyAccessExpression(root)) root = unwrapped(root.expression);
  const variable = root && isIdentifier(root) ? scopes.variableOf(root) : undefined;
  const { kind, root: owner } = variable ?? {};
  return kind === "parameter" && owner !== undefined && isFunctionLikeDeclaration(owner) && nameOf(owner) !== undefined;
}

const callsIn = perFile((file): ReadonlyMap<string, readonly CallExpression[]> => {
  const calls = new Map<string, CallExpression[]>();
  for (const node of nodesOf(file)) {
    const callee = isCallExpression(node) ? unwrapped(node.expression) : undefined;
    const name = callee && (isPropertyAccessExpression(callee) ? callee.name : callee);
    if (!name || !isIdentifier(name) || !isCallExpression(node)) continue;
    const others = calls.get(name.text);
    if (others) others.push(node);
    else calls.set(name.text, [node]);
  }
  return calls;
});
