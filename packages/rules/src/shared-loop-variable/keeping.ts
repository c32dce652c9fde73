/** Where a function goes that runs when the loop that makes it is over. */
import {
  asMethodCall,
  laterCallOf,
  memberName,
  nodesOf,
  quoted,
  unwrapped,
  usesOf,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface Keeping {
  readonly at: Node;
  readonly message: string;
}

/** A timer, a listener, a list or table of functions that the loop itself does not call. */
export function* keptFor(pass: Pass, loop: Node, fn: Node): Ask<Keeping | undefined> {
  const call = yield* laterCallOf(pass, fn);
  const { sourceFile } = pass.file;
  if (call) return { at: call, message: `${quoted(call.expression, sourceFile)} calls the function later.` };
  const target = targetOf(fn);
  if (target && isHandler(target)) return { at: target, message: "The function is a listener, which is called later." };
  const place = target && isElementAccessExpression(target) ? target.expression : yield* listOf(pass, fn);
  return place && !isCalledIn(loop, place) ? { at: place, message: "The function is kept in this." } : undefined;
}

/** `image.onload`, `table[name]` of an assignment. */
function targetOf(fn: Node): Expression | undefined {
  const value = wrapped(fn);
  const { parent } = value;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  return parent.right === value ? parent.left : undefined;
}

function isHandler(target: Expression): boolean {
  return isPropertyAccessExpression(target) && /^on[a-z]+$/.test(target.name.text);
}

/** `list.push(() => …)`. */
function* listOf({ checker }: Pass, fn: Node): Ask<Identifier | undefined> {
  const argument = wrapped(fn);
  const { parent } = argument;
  const method = isCallExpression(parent) && parent.expression !== argument ? asMethodCall(parent) : undefined;
  const list = method?.name === "push" ? unwrapped(method.object) : undefined;
  if (!list || !isIdentifier(list)) return undefined;
  return (yield* checker.isArray(yield* checker.typeOf(list))) ? list : undefined;
}

/** Whether the loop does more with what keeps its functions than to put them in, and may call them. */
function isCalledIn(loop: Node, place: Expression): boolean {
  const code = place.getText();
  if (isIdentifier(place) && usesOf(loop, place.text).some(use => use !== place && !isFilling(use))) return true;
  return [...nodesOf(loop)].some(node => {
    if (!isCallExpression(node) || !isElementAccessExpression(node.expression)) return false;
    return memberName(node.expression) === undefined && node.expression.getText().startsWith(code);
  });
}

function isFilling(use: Node): boolean {
  const { parent } = wrapped(use);
  const name = memberName(parent);
  if (name === "push" || name === "length") return true;
  return isElementAccessExpression(parent) && isBinaryExpression(parent.parent) && parent.parent.left === parent;
}
