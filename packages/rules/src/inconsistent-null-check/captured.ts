/** A local that is empty when a callback is passed on, and that the callback uses unchecked where others do not. */
import {
  isInside,
  isLookedAt,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
  type Reference,
  type Variable,
} from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isPropertyAccessExpression,
  SyntaxKind,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";

/** Callbacks that ask for the value: one may be about something else. */
const FEWEST_CAREFUL = 2;

/** `let response = null;`, of which one callback reads a member, though it is given its value by a later one. */
export function checkCaptured(pass: Pass, declaration: VariableDeclaration): void {
  const { isTest, isChecked, strictNullChecks } = pass.file;
  if (isTest || (isChecked && strictNullChecks) || !isEmpty(declaration.initializer)) return;
  const variable = pass.scopes().variableOf(declaration.name);
  const given = variable && firstValue(variable);
  if (!variable || !given || !isFunctionLikeDeclaration(variable.root)) return;
  const inner = variable.references.filter(({ root }) => root !== variable.root);
  const careful = inner.filter(isCareful);
  if (new Set(careful.map(({ root }) => root)).size < FEWEST_CAREFUL) return;
  const use = inner.find(each => each.node.end < given.node.pos && isCareless(each, inner));
  if (use) report(pass, use.node, (careful[0] ?? use).node, given.node);
}

function isEmpty(initializer: Node | undefined): boolean {
  return !initializer || unwrapped(initializer).kind === SyntaxKind.NullKeyword;
}

/** The first assignment in the order of the text. */
function firstValue({ references }: Variable): Reference | undefined {
  return references.find(({ isWritten }) => isWritten);
}

function isCareful({ node, isRead }: Reference): boolean {
  return isRead && isLookedAt(wrapped(node));
}

/** Whether a callback reads a member, and neither it nor a function around it asks anything about the value. */
function isCareless({ node, root }: Reference, others: readonly Reference[]): boolean {
  const access = node.parent;
  if (!isPropertyAccessExpression(access) && !isElementAccessExpression(access)) return false;
  if (access.expression !== node || access.questionDotToken || !isCallExpression(wrapped(root).parent)) return false;
  return !others.some(each => isCareful(each) && isInside(node, each.root));
}

function report(pass: Pass, use: Node, check: Node, given: Node): void {
  const name = quoted(use, pass.file.sourceFile);
  pass.report(use.parent, {
    message: `${name} may still be empty when this callback is called, as others ask for it first, but it is used unchecked here.`,
    evidence: [
      { at: given, message: "It is given its first value here, later in the text." },
      { at: check, message: "Here it is asked for first." },
      { at: use.parent, message: "This throws where it is empty." },
    ],
  });
}
