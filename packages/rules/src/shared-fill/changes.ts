/** What becomes of the elements of a new array: whether one is changed, or nobody looks at them. */
import { asFixedLocal, asMethodCall, isAccess, memberName, scopeOf, usesOf, wrapped } from "@review/analysis";
import {
  isArrowFunction,
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isIdentifier,
  isPostfixUnaryExpression,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

const CHANGERS: ReadonlySet<string> = new Set(
  "push pop shift unshift splice sort reverse fill set add delete clear copyWithin".split(" "),
);

/** The place that changes an element of the array that a call makes: `rows[0][1] = 2`, `rows[i].push(3)`. */
export function elementChange(call: CallExpression): Node | undefined {
  const local = asFixedLocal(wrapped(call).parent);
  if (!local) return undefined;
  for (const use of usesOf(scopeOf(local.declaration), local.declaration.name.text)) {
    const element = wrapped(use).parent;
    if (isElementAccessExpression(element) && element.expression === wrapped(use)) {
      const change = changeOf(element);
      if (change) return change;
    }
  }
  return undefined;
}

/** The statement's expression that changes an object, through however many members. */
function changeOf(object: Node): Node | undefined {
  let member = wrapped(object).parent;
  if (!isAccess(member)) return undefined;
  while (isAccess(member.parent)) member = member.parent;
  const { parent } = member;
  if (isBinaryExpression(parent)) {
    return parent.left === member && isAssignmentOperator(parent.operatorToken.kind) ? parent : undefined;
  }
  if (isPostfixUnaryExpression(parent)) return parent;
  return isCallExpression(parent) && CHANGERS.has(memberName(member) ?? "") ? parent : undefined;
}

/** Whether the array is only counted: `Array(3).fill({}).map((_, index) => index)`. */
export function isIgnored(call: CallExpression): boolean {
  const outer = wrapped(call).parent.parent;
  const next = isCallExpression(outer) ? asMethodCall(outer) : undefined;
  if (!next || wrapped(next.object) !== wrapped(call) || !isCallExpression(outer)) return false;
  if (next.name === "join") return true;
  const [callback] = outer.arguments;
  if (!callback || !(isArrowFunction(callback) || isFunctionExpression(callback))) return false;
  const name = callback.parameters[0]?.name;
  return !name || (isIdentifier(name) && usesOf(callback.body, name.text).length === 0);
}
