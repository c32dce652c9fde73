/** Latches that stand the wrong way round: `if (!this.isLoaded) return;` before the only place that sets it. */
import {
  isInside,
  isSameReference,
  isWritten,
  leavesFunction,
  nodesOf,
  perFile,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Identifier,
  type IfStatement,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

/** Reports a guard that leaves as long as a flag is false, which only the code behind the guard makes true. */
export function checkLatch(pass: Pass, statement: IfStatement): boolean {
  const { parent } = statement;
  if (statement.elseStatement || !isBlock(parent) || !isFunctionLikeDeclaration(parent.parent)) return false;
  const flag = negatedFlag(statement.expression);
  if (!flag || !leavesFunction(statement.thenStatement)) return false;
  const latch = latchOf(writesIn(pass.file.sourceFile).get(nameOf(flag)) ?? []);
  if (!latch || isExposed(pass, flag) || isInside(latch.start, parent)) return false;
  const { start, set } = latch;
  if (!isBehind(set, statement)) return false;
  const name = quoted(flag, pass.file.sourceFile);
  pass.report(statement.expression, {
    message: `${name} is false until the code behind this guard runs, which it never does: the guard stands the wrong way round.`,
    evidence: [
      { at: start, message: "It starts as false." },
      { at: set, message: "Nothing else makes it true." },
    ],
  });
  return true;
}

/** Reports `this.isStarted = true; if (this.isStarted) return;`: the latch is closed before it is asked. */
export function checkPreset(pass: Pass, statement: IfStatement): void {
  const { elseStatement, expression, thenStatement } = statement;
  const set = elseStatement || !leavesFunction(thenStatement) ? undefined : assignmentBefore(statement);
  const given = set && valueGiven(set)?.kind;
  if (!set || !FLAGS.has(given)) return;
  const flag = given === SyntaxKind.FalseKeyword ? negatedFlag(expression) : ownFlag(unwrapped(expression));
  if (!flag || !isSameReference(set.left, flag)) return;
  pass.report(expression, {
    message: `${quoted(flag, pass.file.sourceFile)} was set right before this guard, which leaves each time: what follows never runs.`,
    evidence: [{ at: set, message: "This closes the guard." }],
    repair: "Ask first, and set it behind the guard.",
  });
}

/** The assignment right before a guard behind which code follows: that it never runs is what makes it a mistake. */
function assignmentBefore(guard: IfStatement): BinaryExpression | undefined {
  const { parent } = guard;
  if (!isBlock(parent) || parent.statements.at(-1) === guard) return undefined;
  const before = parent.statements[parent.statements.indexOf(guard) - 1];
  return before && isExpressionStatement(before) && isBinaryExpression(before.expression)
    ? before.expression
    : undefined;
}

const FLAGS: ReadonlySet<SyntaxKind | undefined> = new Set([SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword]);

/** Whether a write is a statement behind a guard, in the same block. */
function isBehind({ parent, pos }: Node, guard: IfStatement): boolean {
  return isExpressionStatement(parent) && parent.parent === guard.parent && pos >= guard.end;
}

interface Latch {
  readonly start: Node;
  readonly set: Node;
}

/** Two writes in all, of which one gives false and the other true. */
function latchOf(writes: readonly Node[]): Latch | undefined {
  const start = writes.find(write => valueGiven(write)?.kind === SyntaxKind.FalseKeyword);
  const set = writes.find(write => valueGiven(write)?.kind === SyntaxKind.TrueKeyword);
  return start && set && writes.length === 2 ? { start, set } : undefined;
}

/** `this.isLoaded` or `isLoaded` of `!this.isLoaded`. */
function negatedFlag(condition: Node): Node | undefined {
  const test = unwrapped(condition);
  if (!isPrefixUnaryExpression(test) || test.operator !== SyntaxKind.ExclamationToken) return undefined;
  return ownFlag(unwrapped(test.operand));
}

function ownFlag(flag: Node): Node | undefined {
  const isOwn = isPropertyAccessExpression(flag) && flag.expression.kind === SyntaxKind.ThisKeyword;
  return isOwn || isIdentifier(flag) ? flag : undefined;
}

function nameOf(flag: Node): string {
  return isPropertyAccessExpression(flag) ? flag.name.text : flag.getText();
}

/** A variable that is exported, or a field that others may set, is nobody's latch. */
function isExposed(pass: Pass, flag: Node): boolean {
  const variable = pass.scopes().variableOf(flag);
  if (isIdentifier(flag))
    return !variable || variable.isExported || variable.isExposed || variable.kind === "parameter";
  return false;
}

/** All that gives something of a name a value: assignments, declarations, and increments. */
export const writesIn: (file: SourceFile) => ReadonlyMap<string, readonly Node[]> = perFile(file => {
  const writes = new Map<string, Node[]>();
  for (const node of nodesOf(file)) {
    const [name, write] = writeAt(node) ?? [];
    if (name === undefined || !write) continue;
    const others = writes.get(name);
    if (others) others.push(write);
    else writes.set(name, [write]);
  }
  return writes;
});

function writeAt(node: Node): readonly [string, Node] | undefined {
  if ((isVariableDeclaration(node) || isPropertyDeclaration(node)) && node.initializer) {
    return [node.name.getText(), node];
  }
  const isPlace = isIdentifier(node) || isPropertyAccessExpression(node);
  if (!isPlace || !isWritten(node as Identifier)) return undefined;
  return [nameOf(node), wrapped(node).parent];
}

/** What a write gives, if it is a plain one. */
export function valueGiven(write: Node): Node | undefined {
  if (isVariableDeclaration(write) || isPropertyDeclaration(write)) return write.initializer;
  return isBinaryExpression(write) && write.operatorToken.kind === SyntaxKind.EqualsToken ? write.right : undefined;
}
