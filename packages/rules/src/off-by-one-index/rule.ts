/** Reports reads one place behind the end of an array or text: `xs[xs.length]`, and loops that go up to `length`. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  isSameReference,
  isUncertain,
  literalValue,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isAssignmentOperator,
  isBinaryExpression,
  isForOfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  SyntaxKind,
  type CallExpression,
  type ElementAccessExpression,
  type Expression,
  type ForStatement,
  type Node,
  type WhileStatement,
} from "@review/program/syntax";
import { overrunOf, type Overrun } from "./loops.ts";

const rule: Rule = defineRule({
  id: "off-by-one-index",
  summary: "An array or a text is read at the index `length`, one place behind its end.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Read at `length - 1`, or stop the loop before `length`: the last index is one less.",
  listen: pass => ({
    *[SyntaxKind.ElementAccessExpression](node: ElementAccessExpression) {
      if (isLengthOf(node.argumentExpression, node.expression) && isRead(node)) {
        yield* checkIndex(pass, node, node.expression, node.argumentExpression);
      }
    },
    [SyntaxKind.CallExpression](call: CallExpression) {
      const [index] = call.arguments;
      if (!index || !isPropertyAccessExpression(unwrapped(index))) return undefined;
      const method = asMethodCall(call);
      if (!method || !POSITIONS.has(method.name) || !isLengthOf(index, method.object)) return undefined;
      return checkIndex(pass, call, method.object, index);
    },
    [SyntaxKind.ForStatement]: (loop: ForStatement) => checkLoop(pass, overrunOf(loop), startsAtZero(loop)),
    [SyntaxKind.WhileStatement]: (loop: WhileStatement) => checkLoop(pass, overrunOf(loop)),
  }),
});
export default rule;

const POSITIONS: ReadonlySet<string> = new Set(["at", "charAt", "charCodeAt", "codePointAt"]);

function isLengthOf(index: Node, list: Node): boolean {
  const bare = unwrapped(index);
  return isPropertyAccessExpression(bare) && bare.name.text === "length" && isSameReference(bare.expression, list);
}

/** `xs[xs.length] = x` appends. */
function isRead(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isBinaryExpression(parent)) return parent.left !== outer || !isAssignmentOperator(parent.operatorToken.kind);
  if (isForOfStatement(parent)) return parent.initializer !== outer;
  if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
  return !WRITES.has(parent.kind);
}

const WRITES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.DeleteExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.ForInStatement,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.PropertyAssignment,
]);

function* checkIndex(pass: Pass, node: Node, list: Expression, index: Expression): Ask<void> {
  if (!(yield* isIndexed(pass, list, true))) return;
  const { sourceFile } = pass.file;
  const at = { start: index.end, end: index.end };
  pass.report(node, {
    message: `${quoted(node, sourceFile)} lies behind the end of ${quoted(list, sourceFile, 30)}, so nothing is ever there: the last index is \`length - 1\`.`,
    evidence: [{ at: index, message: "The length is one more than the last index." }],
    fixes: [{ title: "Read the last place", safety: "suggested", edits: [{ at, text: " - 1" }] }],
  });
}

/** Lists of one's own may count from 1; what is read at 0 as well does not. */
function startsAtZero({ initializer }: ForStatement): boolean {
  const list = initializer && isVariableDeclarationList(initializer) ? initializer.declarations : [];
  return list.some(({ initializer: start }) => start !== undefined && literalValue(start) === 0);
}

function* checkLoop(pass: Pass, overrun: Overrun | undefined, mayBeUntyped = false): Ask<void> {
  if (!overrun || !(yield* isIndexed(pass, overrun.list, mayBeUntyped))) return;
  const { sourceFile } = pass.file;
  pass.report(overrun.bound, {
    message: `This loop reaches the index \`length\`, where ${quoted(overrun.read, sourceFile)} lies behind the end of ${quoted(overrun.list, sourceFile)}.`,
    evidence: [{ at: overrun.read, message: "This is read there." }],
    fixes: [fixOf(overrun)],
  });
}

function fixOf({ edit, isStart }: Overrun): ReportedFix {
  return { title: isStart ? "Start at the last index" : "Stop at the last index", safety: "suggested", edits: [edit] };
}

/**
 * Whether all possible values of an expression are arrays, typed arrays or texts. What has no type and is read at its
 * own length, or at every place up to it, is one as well: nothing else counts its elements by that name.
 */
function* isIndexed({ checker }: Pass, list: Expression, mayBeUntyped: boolean): Ask<boolean> {
  if (mayBeUntyped && isUncertain(yield* checker.typeOf(list))) return true;
  const builtin = yield* builtinOf(checker, list);
  return builtin !== undefined && (builtin === "String" || builtin === "Buffer" || builtin.endsWith("Array"));
}
