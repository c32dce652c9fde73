/** Callbacks without an error: `done()`, called last wherever it is called, which says that the work is over. */
import { mentions, ownNodesOf, wrapped, type Variable } from "@review/analysis";
import {
  isBlock,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isIfStatement,
  isReturnStatement,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** By its name and place, and by every call of it: each is without arguments, and the last thing that its branch does. */
export function isCompletion({ name, declarations: [own] }: Variable, calls: readonly CallExpression[]): boolean {
  const fn = own?.parent.parent;
  if (!NAMES.has(name) || !fn || !isFunctionLikeDeclaration(fn) || fn.parameters.at(-1) !== own.parent) return false;
  if (calls.some(call => call.arguments.length > 0 || !isLast(endOf(call, name)))) return false;
  return calls.some(call => isEndOf(fn.body, endOf(call, name))) && !hasLoop(fn.body);
}

const NAMES: ReadonlySet<string> = new Set(["callback", "cb", "done", "next"]);

/** The statement of a call, with the `if (callback)` around it. */
function endOf(call: CallExpression, name: string): Node | undefined {
  let at: Node = wrapped(call).parent;
  if (!isExpressionStatement(at) && !isReturnStatement(at)) return undefined;
  for (;;) {
    const { parent } = at;
    const branch = isBlock(parent) && parent.statements.length === 1 ? parent : at;
    if (!isIfStatement(branch.parent) || branch.parent.elseStatement || !mentions(branch.parent.expression, name))
      return at;
    at = branch.parent;
  }
}

function isLast(statement: Node | undefined): boolean {
  if (!statement) return false;
  const { parent } = statement;
  if (!isBlock(parent)) return isIfStatement(parent);
  const last = parent.statements.at(-1);
  return (
    last === statement || (last !== undefined && isReturnStatement(last) && parent.statements.at(-2) === statement)
  );
}

function isEndOf(body: Node | undefined, statement: Node | undefined): boolean {
  return body !== undefined && statement?.parent === body;
}

function hasLoop(body: Node | undefined): boolean {
  return body !== undefined && [...ownNodesOf(body)].some(({ kind }) => LOOPS.has(kind));
}

const LOOPS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ForStatement, SyntaxKind.ForInStatement, SyntaxKind.ForOfStatement],
  ...[SyntaxKind.WhileStatement, SyntaxKind.DoStatement],
]);
