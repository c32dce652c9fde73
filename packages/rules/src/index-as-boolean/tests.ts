/** The places where only the truth of an expression counts. */
import {
  COMPARISONS,
  isCondition,
  isDiscarded,
  scopeOf,
  usesOf,
  wrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionExpression,
  isPrefixUnaryExpression,
  isReturnStatement,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Holder } from "./holder.ts";

/** A place where a value is tested; `through`: it is a local that holds the value. */
export interface Test {
  readonly at: Expression;
  readonly through: boolean;
}

/** How an expression's truth is asked for: by its place, by a function that it is handed to, or as a predicate's answer. */
export type DirectTest =
  | (Test & { readonly kind: "condition" })
  | (Test & { readonly kind: "argument"; readonly callee: Node })
  | (Test & { readonly kind: "returned"; readonly from: Node });

/** How the truth of an expression is asked for where it stands; also as the value of an assignment. */
export function testOf(expression: Expression): DirectTest | undefined {
  const test = { at: expression, through: false };
  if (isCondition(expression)) return { ...test, kind: "condition" };
  const outer = wrapped(expression);
  const { parent } = outer;
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === outer) {
    return isCondition(parent) ? { ...test, kind: "condition" } : undefined;
  }
  const answer = answeredBy(outer);
  const call = answer.parent;
  if (isCallExpression(call) && call.arguments[0] === answer && call.arguments.length === 1) {
    return { ...test, kind: "argument", callee: call.expression };
  }
  const from = isReturnStatement(answer.parent) ? answer.parent.parent.parent : answer.parent;
  return isArrowFunction(from) || isFunctionExpression(from) ? { ...test, kind: "returned", from } : undefined;
}

/** The whole expression whose value one of its last parts may be: `a && b`, `a ? b : c`. */
function answeredBy(part: Node): Node {
  const { parent } = part;
  const isLast =
    (isBinaryExpression(parent) && LOGICAL.has(parent.operatorToken.kind) && parent.right === part) ||
    (isConditionalExpression(parent) && parent.condition !== part);
  return isLast ? answeredBy(wrapped(parent)) : part;
}

const LOGICAL: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken]);

/** Whether an expression is `x` of `x || y` where a value is wanted: a comparator goes on to its next criterion. */
export function isFirstChoice(expression: Expression): boolean {
  const outer = wrapped(expression);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.BarBarToken) return false;
  return parent.left === outer && !isCondition(parent) && !isDiscarded(parent);
}

/** Whether an expression stands under `!`. */
export function isUnderNot(expression: Node): boolean {
  const { parent } = wrapped(expression);
  return isPrefixUnaryExpression(parent) && parent.operator === SyntaxKind.ExclamationToken;
}

/**
 * The tests of a local, where nothing before them in the text compares it: after `if (i === -1) return`, `i` is only
 * asked whether it is the first place.
 */
export function* testsOfLocal(checker: TypeChecker, { declaration }: Holder): Ask<readonly DirectTest[]> {
  const uses = usesOf(scopeOf(declaration), declaration.name.text);
  const compared = uses.find(isCompared);
  const own: DirectTest[] = [];
  for (const use of uses) {
    const test = !compared || use.pos < compared.pos ? testOf(use) : undefined;
    const symbol = test && (yield* checker.symbolOf(use));
    if (!test || !symbol || (yield* checker.declarationOf(symbol)) !== declaration) continue;
    own.push({ ...test, through: true });
  }
  return own;
}

/** Whether a use compares the number, or is an operand of `~`, which turns -1 into 0. */
function isCompared(use: Expression): boolean {
  const { parent } = wrapped(use);
  if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.TildeToken;
  return isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind);
}
