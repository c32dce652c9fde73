/** Error branches that end nowhere, so that the code behind them uses the data that there is none of. */
import {
  enclosingFunction,
  isAlways,
  mainBlockOf,
  ownNodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type Identifier,
  type IfStatement,
  type Node,
} from "@review/program/syntax";
import { callbackOf, mayStillComplain, SHELLS } from "./ignored.ts";

/** `(error, data) => { if (error) retry(); use(data.text); }` */
export function checkBranch(pass: Pass, statement: IfStatement): void {
  const error = unwrapped(statement.expression);
  const { file } = pass;
  if (file.isTest || !isIdentifier(error) || statement.elseStatement || mayEnd(statement.thenStatement)) return;
  const data = dataBeside(error, statement);
  const use = data && firstUseBehind(pass, data, statement);
  if (!data || !use) return;
  pass.report(statement.expression, {
    message: `After this branch the code goes on as if there were no error, and ${quoted(use, file.sourceFile)} throws where there is no data.`,
    evidence: [
      { at: statement.thenStatement, message: "This branch does not leave." },
      { at: use, message: `With an error, ${quoted(data, file.sourceFile)} is missing.` },
    ],
    repair: "Return at the end of the branch for the error.",
  });
}

/** What leaves, ends the program or fails a test, and what may get other data. */
export function mayEnd(branch: Node): boolean {
  return [...ownNodesOf(branch)].some(node => {
    if (LEAVING.has(node.kind)) return true;
    return isCallExpression(node) && ENDINGS.test(node.expression.getText());
  });
}

const LEAVING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ReturnStatement, SyntaxKind.ThrowStatement, SyntaxKind.BreakStatement, SyntaxKind.ContinueStatement],
  ...[SyntaxKind.YieldExpression, SyntaxKind.AwaitExpression],
]);

const ENDINGS = /fail|fatal|throw|abort|exit|quit|\bdie|bail|panic|assert|expect|should|skip|must|check|\bok$/i;

/** The second parameter of the callback whose first one is the error, if the branch stands in its body. */
export function dataBeside(error: Identifier, statement: IfStatement): Identifier | undefined {
  const fn = enclosingFunction(statement);
  if (!fn || mainBlockOf(fn.body) !== statement.parent) return undefined;
  const callback = isFunctionLikeDeclaration(fn) && isPassed(fn) ? callbackOf(fn) : undefined;
  if (!callback || callback.name.text !== error.text || !isIdentifier(callback.data)) return undefined;
  return mayStillComplain(fn) ? undefined : callback.data;
}

/** `load(name, (error, data) => …)`, also with `.bind(this)` behind the function; what a shell says comes with its error. */
function isPassed(fn: Node): boolean {
  const outer = wrapped(fn);
  const access = outer.parent;
  const isBound = isPropertyAccessExpression(access) && access.name.text === "bind";
  const argument = isBound ? wrapped(access.parent) : outer;
  const call = argument.parent;
  return isCallExpression(call) && call.expression !== argument && !SHELLS.test(call.expression.getText());
}

/** The first mention of the data from the branch on, if that takes it apart whatever comes. */
function firstUseBehind(pass: Pass, data: Identifier, { parent, pos }: IfStatement): Node | undefined {
  const variable = pass.scopes().variableOf(data);
  if (!variable || variable.isExposed || variable.references.some(each => each.isWritten)) return undefined;
  const first = variable.references.find(({ node }) => node.pos >= pos)?.node;
  if (!first || enclosingFunction(first) !== enclosingFunction(data)) return undefined;
  const access = first.parent;
  if (!isPropertyAccessExpression(access) && !isElementAccessExpression(access)) return undefined;
  if (access.expression !== first || access.questionDotToken) return undefined;
  return isAlways(access, parent) ? access : undefined;
}
