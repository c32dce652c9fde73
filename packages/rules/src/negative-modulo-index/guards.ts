/** Whether the code around makes sure that a difference is not negative. */
import { isLoop, literalValue, mentions, unwrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isConditionalExpression,
  isForStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isVariableDeclarationList,
  isWhileStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/** `use` is where the remainder is an index, which may be some way from where it is computed. */
export function isKeptPositive(remainder: Node, cause: Node, use: Node): boolean {
  const names = namesIn(cause);
  if (isTakenApart(cause)) return true;
  return isGuarded(remainder, names) || (use !== remainder.parent && isGuarded(use, namesAround(use)));
}

/** `digits[value % base]` and `value = Math.floor(value / base)` in a loop write a number out, which is none below 0. */
function isTakenApart(cause: Node): boolean {
  if (!isIdentifier(cause)) return false;
  let loop: Node | undefined = cause;
  while (loop && !isLoop(loop)) loop = loop.parent;
  if (!loop) return false;
  const quotient = new RegExp(`\\b${cause.text}\\s*(?:/=|>>>?=|=[^=;]*\\b${cause.text}\\s*(?:/|>>))`);
  return quotient.test(loop.getText());
}

function isGuarded(node: Node, names: readonly string[]): boolean {
  for (let at = node; !isFunctionLikeDeclaration(at) && at.parent; at = at.parent) {
    const condition = conditionOver(at);
    if (condition && names.some(name => mentions(condition, name))) return true;
    if (isForStatement(at.parent) && startsAbove(at.parent, names)) return true;
    if (isLeftByGuard(at, names)) return true;
  }
  return false;
}

/** What was tested before a node is evaluated. */
function conditionOver(node: Node): Node | undefined {
  const { parent } = node;
  if (isIfStatement(parent)) return parent.expression === node ? undefined : parent.expression;
  if (isConditionalExpression(parent)) return parent.condition === node ? undefined : parent.condition;
  if (isWhileStatement(parent)) return parent.expression === node ? undefined : parent.expression;
  if (!isBinaryExpression(parent) || parent.right !== node) return undefined;
  const { kind } = parent.operatorToken;
  return kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken ? parent.left : undefined;
}

/** `for (let i = 1; …)` */
function startsAbove(loop: Node, names: readonly string[]): boolean {
  if (!isForStatement(loop) || !loop.initializer || !isVariableDeclarationList(loop.initializer)) return false;
  return loop.initializer.declarations.some(({ name, initializer }) => {
    const start = initializer && literalValue(initializer);
    const isCounter = isIdentifier(name) && names.includes(name.text);
    return isCounter && (start === undefined || (typeof start === "number" && start > 0));
  });
}

/** `if (i === 0) return …;` before. */
function isLeftByGuard(node: Node, names: readonly string[]): boolean {
  const { statements } = node.parent as Node & { statements?: readonly Node[] };
  if (!statements || isLoop(node.parent)) return false;
  for (const statement of statements) {
    if (statement === node) return false;
    if (isIfStatement(statement) && names.some(name => mentions(statement.expression, name))) return true;
  }
  return false;
}

function namesIn(node: Node): readonly string[] {
  const names: string[] = [];
  const visit = (at: Node): void => {
    if (isIdentifier(at)) names.push(at.text);
    at.forEachChild(visit);
  };
  visit(node);
  return names;
}

function namesAround(use: Node): readonly string[] {
  const index = (use as Node & { argumentExpression?: Node }).argumentExpression;
  return index && isIdentifier(unwrapped(index)) ? namesIn(index) : [];
}
