/** Callbacks that answer an error as if nothing had been found, which a twin in the same function does not. */
import {
  enclosingFunction,
  isSameReference,
  mainBlockOf,
  mentions,
  nodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isReturnStatement,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type FunctionExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type IfStatement,
  type Node,
} from "@review/program/syntax";
import { callbackOf, mayStillComplain } from "./ignored.ts";

/** `(error, entry) => { if (!entry) return callback(null, false); … }` beside one that says `if (error) return callback(error)`. */
export function checkNotFound(pass: Pass, fn: ArrowFunction | FunctionExpression): void {
  const call = wrapped(fn).parent;
  if (!isCallExpression(call) || pass.file.isTest) return;
  const callback = callbackOf(fn);
  const answer = callback && isIdentifier(callback.data) ? answerWithout(fn, callback.data) : undefined;
  if (!callback || !answer || mentions(answer.parent, callback.name.text) || mayStillComplain(fn)) return;
  const error = pass.scopes().variableOf(callback.name);
  const twin = error?.references.length === 0 ? twinOf(call, fn, callback.name.text) : undefined;
  if (!twin) return;
  const name = quoted(callback.name, pass.file.sourceFile);
  pass.report(callback.name, {
    message: `${name} is ignored, so what has failed is answered as if nothing had been found.`,
    evidence: [
      { at: answer.thenStatement, message: "With an error there is no data, and this is the answer." },
      { at: twin, message: `Here the ${name} of the same function is handed on.` },
    ],
    repair: `Look at ${name} first, and hand it on.`,
  });
}

/** The branch that a callback begins with, and that answers missing data with a result and no error. */
function answerWithout({ body }: ArrowFunction | FunctionExpression, data: Identifier): IfStatement | undefined {
  const first = mainBlockOf(body)?.statements[0];
  if (!first || !isIfStatement(first)) return undefined;
  const test = unwrapped(first.expression);
  if (!isPrefixUnaryExpression(test) || !isSameReference(test.operand, data)) return undefined;
  return isAnswer(first.thenStatement) ? first : undefined;
}

/** `return callback(null, false);` */
function isAnswer(branch: Node): boolean {
  const last = isBlock(branch) ? branch.statements.at(-1) : branch;
  const call = last && isReturnStatement(last) && last.expression ? unwrapped(last.expression) : undefined;
  const [error, result] = call && isCallExpression(call) ? call.arguments : [];
  return error?.kind === SyntaxKind.NullKeyword && result !== undefined;
}

/** The test of the error in another callback, around which the outermost function calls the same one. */
function twinOf(call: CallExpression, fn: Node, name: string): Node | undefined {
  const callee = call.expression.getText();
  for (const node of nodesOf(outermostAround(call))) {
    if (!isCallExpression(node) || node === call || node.expression.getText() !== callee) continue;
    for (const other of node.arguments) {
      const test = other !== fn && isFunctionLikeDeclaration(other) ? testIn(other, name) : undefined;
      if (test) return test;
    }
  }
  return undefined;
}

function outermostAround(node: Node): Node {
  let outermost = node;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) outermost = fn;
  return outermost;
}

/** `if (error) return …(error)` */
function testIn(fn: FunctionLikeDeclaration, name: string): Node | undefined {
  for (const node of nodesOf(fn)) {
    const isTest = isIfStatement(node) && isNamed(unwrapped(node.expression), name);
    if (isTest && mentions(node.thenStatement, name)) return node.expression;
  }
  return undefined;
}

function isNamed(node: Node, name: string): boolean {
  return isIdentifier(node) && node.text === name;
}
