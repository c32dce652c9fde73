/** A `catch` that reads from what the `try` was to get: `try { answer = await ask() } catch { log(answer.status) }`. */
import {
  enclosingFunction,
  hasMemberTaken,
  isInside,
  LOGICAL,
  nodesOf,
  quoted,
  wrapped,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isIfStatement,
  isTryStatement,
  isVariableDeclaration,
  SyntaxKind,
  type Identifier,
  type Node,
  type TryStatement,
} from "@review/program/syntax";
import { assignedIn, startsEmpty } from "./releases.ts";

/** Where getting it fails, there is nothing to read from. The compiler knows where it checks. */
export function checkFailed(pass: Pass, statement: TryStatement): void {
  if (pass.file.isTest || (pass.file.isChecked && pass.file.strictNullChecks)) return;
  const got = statement.catchClause ? gotFirst(statement) : undefined;
  const use = got && useInCatch(pass, statement, got);
  if (!got || !use) return;
  pass.report(use, {
    message: `${quoted(use, pass.file.sourceFile)} is undefined here where it could not be got: this throws a TypeError in the place of that error.`,
    evidence: [
      { at: got, message: "It gets its value here, which may fail." },
      { at: use, message: "Then this is what runs next." },
    ],
    repair: `Read it off what the \`catch\` gets, or write \`${use.text}?.\`.`,
  });
}

/** The variable that the first `await` of a `try` is for. */
function gotFirst({ tryBlock }: TryStatement): Identifier | undefined {
  const first = tryBlock.statements.find(each => [...nodesOf(each)].some(isAwaitExpression));
  return first && assignedIn(first);
}

/** The first use in the `catch`, if it reads a member and nothing before it asks, writes or depends on the kind of error. */
function useInCatch(pass: Pass, statement: TryStatement, got: Identifier): Identifier | undefined {
  const variable = pass.scopes().variableOf(got);
  const block = statement.catchClause?.block;
  if (!variable || !block || !isEmptyAt(statement, variable)) return undefined;
  const inside = variable.references.filter(({ node }) => isInside(node, block));
  const use = inside.find(({ isWritten }) => !isWritten)?.node;
  if (!use || enclosingFunction(use) !== enclosingFunction(statement) || !hasMemberTaken(wrapped(use)))
    return undefined;
  const isWrittenBefore = inside.some(({ node, isWritten }) => isWritten && node.parent.end <= use.pos);
  return isWrittenBefore || isChosen(use, block) ? undefined : use;
}

/** Whether a variable is declared empty, and nothing before a statement gives it a value. */
function isEmptyAt(statement: TryStatement, variable: Variable): boolean {
  if (!startsEmpty(variable) || !isDeclaredBeside(statement, variable.declarations[0])) return false;
  return !variable.references.some(({ node, isWritten }) => isWritten && node.end <= statement.pos);
}

/** In the same block, so that no earlier round of a loop has left a value. */
function isDeclaredBeside({ parent }: Node, name: Node | undefined): boolean {
  const declaration = name?.parent;
  return declaration !== undefined && isVariableDeclaration(declaration) && declaration.parent.parent.parent === parent;
}

/** Whether a question before the use may tell what has failed; `error.response` is that of the call that failed. */
function isChosen(use: Node, block: Node): boolean {
  for (let at = use; at !== block; at = at.parent) {
    const { parent } = at;
    if (isTryStatement(parent) || CHOICES.has(parent.kind) || isShortCut(parent)) return true;
    if (isIfStatement(parent) && parent.expression !== at && !/\.response\b/.test(parent.expression.getText()))
      return true;
    if (isBlock(parent) && parent.statements.some(each => each.end <= at.pos && isIfStatement(each))) return true;
  }
  return false;
}

const CHOICES: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ConditionalExpression, SyntaxKind.CaseClause]);

function isShortCut(node: Node): boolean {
  return isBinaryExpression(node) && LOGICAL.has(node.operatorToken.kind);
}
