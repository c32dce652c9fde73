/** Where an object is changed through one of its names. */
import { asMethodCall, isDiscarded, isWritten, unwrapped, wrapped, type Variable } from "@review/analysis";
import {
  isCallExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface Change {
  /** The assignment's target or the call. */
  readonly at: Node;
  /** The member of the object that holds what is changed; undefined where the object itself is. */
  readonly inner: string | undefined;
}

const MUTATORS: ReadonlySet<string> = new Set([
  ...["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"],
  ...["set", "add", "delete", "clear", "append"],
]);

/** The changes that a function makes through a variable: `v.a = 1`, `v.list.push(x)`, `Object.assign(v, …)`. */
export function changesThrough(variable: Variable): readonly Change[] {
  const changes: Change[] = [];
  for (const { node, isRead } of variable.references) {
    const change = isRead ? changeAt(node) : undefined;
    if (change) changes.push(change);
  }
  return changes;
}

/** The change that is made at a use of a name, if one is. */
export function changeAt(name: Node): Change | undefined {
  const path: string[] = [];
  let at = wrapped(name);
  for (let { parent } = at; isMember(parent) && parent.expression === at; { parent } = at) {
    path.push(isPropertyAccessExpression(parent) ? parent.name.text : "");
    at = wrapped(parent);
  }
  if (path.length > 0) return changeOf(at, path);
  const assigned = assignedTo(at);
  return assigned && { at: assigned, inner: undefined };
}

/** What happens to a member: it is written, deleted, or a method of it changes what holds it. */
function changeOf(member: Node, path: readonly string[]): Change | undefined {
  const { parent } = member;
  const inner = path.length > 1 ? path[0] : undefined;
  if (isWritten(member as Identifier) || isDeleteExpression(parent)) return { at: unwrapped(member), inner };
  const isCalled = isCallExpression(parent) && parent.expression === member;
  return isCalled && MUTATORS.has(path.at(-1) ?? "") ? { at: parent, inner } : undefined;
}

function isMember(node: Node): node is Node & { readonly expression: Node } {
  return isPropertyAccessExpression(node) || isElementAccessExpression(node);
}

/** `Object.assign(v, …)`. */
function assignedTo(argument: Node): Node | undefined {
  const call = argument.parent;
  if (!isCallExpression(call) || call.arguments[0] !== argument || call.arguments.length < 2) return undefined;
  const method = asMethodCall(call);
  const isAssign = method?.name === "assign" && isIdentifier(method.object) && method.object.text === "Object";
  return isAssign ? call : undefined;
}

/** `const options = Object.assign(DEFAULTS, given)`: the result is used as if it were a new object. */
export function isTakenForNew(call: Node): boolean {
  return !isDiscarded(call);
}
