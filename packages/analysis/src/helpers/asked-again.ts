/** Tests that an earlier one has decided: which of them are worth a word. */
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isCaseClause,
  isConditionalExpression,
  isIfStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { decidedTests, type DecidedTest } from "../flow/decided-tests.ts";
import type { FlowGraph } from "../flow/graph.ts";
import type { Pass } from "../rule.ts";
import { isLoop } from "./locals.ts";
import { isCondition, wrapped } from "./nodes.ts";

/** The tests of a function that ask again what is known by then, and that no rule about the form of conditions has. */
export function* testsAskedAgain(pass: Pass, graph: FlowGraph): Ask<readonly DecidedTest[]> {
  const found: DecidedTest[] = [];
  for (const test of decidedTests(graph, pass.scopes())) {
    if (!isOthersBusiness(test) && (yield* isStable(pass, test.node))) found.push(test);
  }
  return found;
}

/**
 * Tests of one condition, or of a chain of `else if`, are compared by their form, and the condition of a loop is its own
 * matter.
 */
function isOthersBusiness({ node, because, isImplied }: DecidedTest): boolean {
  const condition = wrapped(conditionOf(node));
  const { parent } = condition;
  if (isLoop(parent) || isCaseClause(parent) || isCareful(node) || isChosen(node) || isCompiledChain(condition)) {
    return true;
  }
  return because.some(other => {
    const earlier = conditionOf(other);
    return earlier === condition || (!isImplied && isElseOf(parent, earlier.parent));
  });
}

/** `name || "nobody"` and `user && user.name` are careful, and do no harm. */
function isCareful(test: Node): boolean {
  const { parent } = wrapped(test);
  return isBinaryExpression(parent) && !isCondition(parent);
}

/** `(a ? b : c) || d` tests `b` without anybody having written so. */
function isChosen(test: Node): boolean {
  const node = wrapped(test);
  return isConditionalExpression(node.parent) && node.parent.condition !== node;
}

/** `a === null || a === void 0 ? void 0 : a.b`, which compilers make of `a?.b`. */
function isCompiledChain({ parent }: Node): boolean {
  return isConditionalExpression(parent) && /^(?:undefined|void 0)$/.test(parent.whenTrue.getText());
}

/** The whole condition that a test is a part of. */
function conditionOf(test: Node): Node {
  let at = test;
  while (PARTS.has(at.parent.kind)) at = at.parent;
  return at;
}

const PARTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ParenthesizedExpression, SyntaxKind.PrefixUnaryExpression, SyntaxKind.BinaryExpression],
]);

/** Whether a condition is asked only where an earlier one of its chain is false. */
function isElseOf(later: Node, earlier: Node): boolean {
  for (let at = later; ; at = at.parent) {
    const outer = wrapped(at);
    const { parent } = outer;
    const isElse = isIfStatement(parent) ? parent.elseStatement === outer : isElseValue(parent, outer);
    if (!isElse) return false;
    if (parent === earlier) return true;
    at = outer;
  }
}

function isElseValue(parent: Node, node: Node): boolean {
  return isConditionalExpression(parent) && parent.whenFalse === node;
}

/** Objects are compared by what they hold at that time; only of plain values an order stays what it was. */
function* isStable({ checker }: Pass, test: Node): Ask<boolean> {
  if (!isBinaryExpression(test) || STABLE.has(test.operatorToken.kind)) return true;
  let isPlain = true;
  for (const side of [test.left, test.right]) {
    const { flags } = yield* checker.typeOf(side);
    if ((flags & NOTHING) !== 0) return true;
    isPlain &&= (flags & PLAIN) !== 0;
  }
  return isPlain;
}

const STABLE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);

const PLAIN = TypeFlags.NumberLike | TypeFlags.StringLike | TypeFlags.BigIntLike;
const NOTHING = TypeFlags.Null | TypeFlags.Undefined;
