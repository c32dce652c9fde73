/** Errors in variables that nobody reads. */
import {
  everyPart,
  flowRootOf,
  isErrorClass,
  isNeverRead,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** `const error = new Error(…)` that is at most decorated. */
export function* checkBuilt(pass: Pass, name: Identifier, value: Expression): Ask<void> {
  if (!mayMake(value)) return;
  const variable = pass.scopes().variableOf(name);
  if (!variable || !isOnlyDecorated(variable)) return;
  if (variable.references.length === 0 && (pass.file.isTest || isPlaceholder(name.text))) return;
  if (!(yield* isError(pass, value))) return;
  pass.report(name, {
    message: `The error in \`${name.text}\` is built and then neither thrown, returned nor passed on.`,
    evidence: [
      { at: value, message: "This makes the error." },
      ...variable.references.map(({ node }) => ({ at: node, message: "This only changes the error." })),
    ],
  });
}

function mayMake(value: Expression): boolean {
  const bare = unwrapped(value);
  return isNewExpression(bare) || isCallExpression(bare);
}

function isPlaceholder(name: string): boolean {
  return name.startsWith("_");
}

function* isError({ checker }: Pass, value: Expression): Ask<boolean> {
  const bare = unwrapped(value);
  if (isAwaitExpression(bare)) return false;
  return yield* everyPart(checker, yield* checker.typeOf(bare), part => isErrorClass(checker, part));
}

function isOnlyDecorated(variable: Variable): boolean {
  const { isExposed, isExported, references, kind } = variable;
  if (isExposed || isExported || kind === "using") return false;
  return references.every(({ node, isWritten }) => !isWritten && isDecoration(node));
}

/** `error.code = …;` and `Error.captureStackTrace(error)`. */
function isDecoration(use: Identifier): boolean {
  const { parent } = wrapped(use);
  if (isCallExpression(parent)) return /\.captureStackTrace$/.test(parent.expression.getText());
  if (!isPropertyAccessExpression(parent) && !isElementAccessExpression(parent)) return false;
  const assignment = wrapped(parent).parent;
  return (
    isBinaryExpression(assignment) &&
    assignment.operatorToken.kind === SyntaxKind.EqualsToken &&
    assignment.left === wrapped(parent) &&
    isExpressionStatement(assignment.parent)
  );
}

/** Whether no path from a write comes to a read. */
function* isLost(pass: Pass, name: Identifier): Ask<boolean> {
  const graph = yield* pass.flow(flowRootOf(name));
  const writes = graph?.stepsOf(name).filter(({ kind, block }) => kind === "write" && block.isReachable) ?? [];
  if (!graph || writes.length === 0) return false;
  return writes.every(write => isNeverRead(graph, pass.scopes(), write));
}

/** A variable of a function that nothing reads at all. */
function isOwnLocal({ file }: Pass, { name, kind, root, isExposed, references }: Variable): boolean {
  if (file.isTest || isPlaceholder(name) || isExposed || root.kind === SyntaxKind.SourceFile) return false;
  return (kind === "let" || kind === "var") && references.every(({ isRead }) => !isRead);
}

/** `error = new Error(…)` that no read can see, while others of the same variable are read. */
export function* checkAssigned(pass: Pass, { left, right }: BinaryExpression): Ask<void> {
  const name = unwrapped(left);
  if (!isIdentifier(name) || !mayMake(right)) return;
  const variable = pass.scopes().variableOf(name);
  const seen = variable?.references.find(({ isRead, isWritten }) => isRead && !isWritten);
  if (!variable || (!seen && !isOwnLocal(pass, variable))) return;
  if (!(yield* isLost(pass, name)) || !(yield* isError(pass, right))) return;
  const evidence: { at: Node; message: string }[] = [
    { at: right, message: "This makes the error." },
    ...(seen ? [{ at: seen.node, message: `\`${name.text}\` is read here, which no path from there leads to.` }] : []),
  ];
  pass.report(name, {
    message: `${quoted(right, pass.file.sourceFile)} is assigned to \`${name.text}\`, and no path from here reads it: the error is lost.`,
    evidence,
  });
}
