/** Loops that search for what only the caller of a function knows, whose find is used as if there always were one. */
import {
  absentLiteral,
  EQUALS,
  isInside,
  isLookedAt,
  nodesOf,
  operandsOf,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  SyntaxKind,
  type Expression,
  type ForOfStatement,
  type IfStatement,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import { isParameterAround } from "./lookups.ts";

/** `let found = null; for (const user of users) if (user.id === id) found = user; return found.name;` */
export function checkSearch(pass: Pass, { name, initializer, parent }: VariableDeclaration): void {
  const { isTest, isChecked, strictNullChecks, sourceFile } = pass.file;
  if (isTest || (isChecked && strictNullChecks) || !isIdentifier(name) || isForOfStatement(parent.parent)) return;
  if (initializer && absentLiteral(initializer) === undefined) return;
  const variable = pass.scopes().variableOf(name);
  const search = variable && searchFor(pass, variable);
  const use = search && useBehind(variable, search.loop);
  if (!use) return;
  pass.report(use, {
    message: `${quoted(name, sourceFile)} is ${initializer ? quoted(initializer, sourceFile) : "undefined"} where the loop finds nothing, and is used unchecked here.`,
    evidence: [
      { at: search.key, message: "Whether there is such a one, only the caller knows." },
      { at: use, message: "This throws where nothing was found." },
    ],
  });
}

interface Search {
  readonly loop: ForOfStatement;
  readonly key: Node;
}

/** The loop that alone gives the variable a value: the element that has the key. */
function searchFor(pass: Pass, { references, isExposed, isCaptured }: Variable): Search | undefined {
  const [write, more] = references.filter(({ isWritten }) => isWritten);
  if (!write || more || isExposed || isCaptured) return undefined;
  const assignment = wrapped(write.node).parent;
  const branch = branchAround(assignment);
  const loop = branch && loopAround(branch);
  if (!loop || !isOfElement(assignment, loop)) return undefined;
  // A way past the loop without that is a branch, which the flow knows.
  if ([...nodesOf(branch)].some(({ kind }) => kind === SyntaxKind.BreakStatement)) return undefined;
  const key = keyIn(pass, branch.expression);
  return key && { loop, key };
}

/** What one part of a condition compares with a parameter. */
function keyIn(pass: Pass, condition: Expression): Node | undefined {
  for (const test of operandsOf(condition, SyntaxKind.AmpersandAmpersandToken).map(unwrapped)) {
    if (!isBinaryExpression(test) || !EQUALS.has(test.operatorToken.kind)) continue;
    const key = [test.left, test.right].find(side => isParameterAround(pass.scopes(), side, undefined));
    if (key) return key;
  }
  return undefined;
}

function branchAround(assignment: Node): IfStatement | undefined {
  let at = assignment.parent;
  while (at.kind === SyntaxKind.ExpressionStatement || at.kind === SyntaxKind.Block) at = at.parent;
  return isIfStatement(at) ? at : undefined;
}

function loopAround(branch: Node): ForOfStatement | undefined {
  let at = branch.parent;
  while (at.kind === SyntaxKind.Block) at = at.parent;
  return isForOfStatement(at) ? at : undefined;
}

/** `found = user`, where `user` is the element of the loop. */
function isOfElement(assignment: Node, { initializer }: ForOfStatement): boolean {
  if (!isBinaryExpression(assignment) || assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
  const [declaration] = isVariableDeclarationList(initializer) ? initializer.declarations : [];
  const value = unwrapped(assignment.right);
  return declaration !== undefined && isIdentifier(value) && declaration.name.getText() === value.text;
}

/** The first use behind the loop, if it reads a member whatever comes, and nothing looks at the variable. */
function useBehind({ references }: Variable, loop: ForOfStatement): Node | undefined {
  const isLooked = references.some(({ node }) => isLookedAt(wrapped(node)));
  if (isLooked || !references.every(({ node }) => isInside(node, loop) || node.pos >= loop.end)) return undefined;
  const first = references.find(({ node, isRead }) => isRead && node.pos >= loop.end)?.node;
  const access = first && accessOf(wrapped(first));
  for (let at = access; at && at !== loop.parent; at = at.parent) if (MAY_BE_LEFT_OUT.has(at.kind)) return undefined;
  return access;
}

function accessOf(value: Node): Node | undefined {
  const { parent } = value;
  if (!isPropertyAccessExpression(parent) && !isElementAccessExpression(parent)) return undefined;
  return parent.expression === value && !parent.questionDotToken ? parent : undefined;
}

const MAY_BE_LEFT_OUT: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.TryStatement, SyntaxKind.IfStatement, SyntaxKind.ConditionalExpression, SyntaxKind.WhileStatement],
  ...[SyntaxKind.ForStatement, SyntaxKind.ForOfStatement, SyntaxKind.ForInStatement, SyntaxKind.DoStatement],
]);
