/** Functions with a callback that give a promise where there is none, and leave by one exit without it. */
import {
  enclosingFunction,
  isSameReference,
  mentions,
  nodesOf,
  ownNodesOf,
  quoted,
  unwrapped,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isReturnStatement,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Node,
  type ReturnStatement,
} from "@review/program/syntax";

/** `if (!callback) promise = new Promise(resolve => { callback = …; });`, behind which `return callback(error);` gives nothing. */
export function checkAnswered(pass: Pass, assignment: BinaryExpression): void {
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken || !isIdentifier(assignment.left)) return;
  const callback = callbackGivenIn(assignment.right);
  const condition = callback && conditionAround(assignment);
  if (!callback || !condition || !mentions(condition, callback.text)) return;
  const exits = forgetfulExits(assignment, assignment.left, callback);
  for (const exit of exits) report(pass, assignment, callback, exit);
}

/** The name that the executor of a new promise gives a function which settles it. */
function callbackGivenIn(value: Expression): Identifier | undefined {
  const made = unwrapped(value);
  const [executor] = isNewExpression(made) && /Promise$/.test(made.expression.getText()) ? (made.arguments ?? []) : [];
  for (const node of executor ? nodesOf(executor) : []) {
    const isGiven = isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
    if (isGiven && isIdentifier(node.left)) return node.left;
  }
  return undefined;
}

/** The condition of the branch that an assignment makes up. */
function conditionAround({ parent: statement }: BinaryExpression): Node | undefined {
  const branch = isBlock(statement.parent) ? statement.parent.parent : statement.parent;
  return isIfStatement(branch) ? branch.expression : undefined;
}

/** The exits without the promise of a function that ends by returning it. */
function forgetfulExits(made: BinaryExpression, promise: Identifier, callback: Identifier): readonly ReturnStatement[] {
  const fn = enclosingFunction(made);
  const body = fn && "body" in fn && fn.body && isBlock(fn.body) ? fn.body : undefined;
  const last = body?.statements.at(-1);
  if (!body || !last || !isReturnStatement(last) || !last.expression || !isSameReference(last.expression, promise)) {
    return [];
  }
  return [...ownNodesOf(body)].filter(
    (node): node is ReturnStatement =>
      isReturnStatement(node) &&
      node.pos > made.end &&
      isWithout(node, callback) &&
      !isAboutCallback(node, body, callback),
  );
}

/** `return;`, and `return callback(error);`, whose value is whatever the callback gives. */
function isWithout({ expression }: ReturnStatement, callback: Identifier): boolean {
  if (!expression) return true;
  const call = unwrapped(expression);
  return isCallExpression(call) && isSameReference(call.expression, callback);
}

/** Whether a branch around a place asks for the callback: there may be one in there. */
function isAboutCallback(node: Node, body: Node, { text }: Identifier): boolean {
  for (let at = node.parent; at !== body; at = at.parent) {
    if (isIfStatement(at) && mentions(at.expression, text)) return true;
  }
  return false;
}

function report(pass: Pass, made: BinaryExpression, callback: Identifier, exit: ReturnStatement): void {
  const { sourceFile } = pass.file;
  const promise = quoted(made.left, sourceFile);
  pass.report(exit, {
    message: `Without ${quoted(callback, sourceFile)} the caller waits for ${promise}, which every other way returns, and gets nothing here.`,
    evidence: [
      { at: made, message: `Here ${promise} is made for callers without a callback.` },
      { at: exit, message: `This leaves without ${promise}.` },
    ],
  });
}
