/** Loops whose index reaches the length of the array that it is used on. */
import {
  COMPARISONS,
  enclosingFunction,
  isCondition,
  isSameReference,
  isWritten,
  nodesOf,
  unwrapped,
  usesOf,
  wrapped,
  type Edit,
} from "@review/analysis";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
  SyntaxKind,
  type BinaryExpression,
  type ElementAccessExpression,
  type Expression,
  type ForStatement,
  type Identifier,
  type Node,
  type WhileStatement,
} from "@review/program/syntax";

/** A loop that goes one place too far. */
export interface Overrun {
  readonly bound: Node;
  readonly list: Expression;
  readonly read: ElementAccessExpression;
  readonly edit: Edit;
  /** Whether it is the start that lies too far, in a loop that counts down. */
  readonly isStart: boolean;
}

/** A place where an index is the length of a list. */
interface Bound {
  readonly node: Node;
  readonly index: Identifier;
  readonly list: Expression;
  readonly edit: Edit;
  readonly isStart: boolean;
}

/** Undefined where the loop ends in time, where nothing is read at its index, or where the last turn is thought of. */
export function overrunOf(loop: ForStatement | WhileStatement): Overrun | undefined {
  const bound = (isForStatement(loop) ? startOf(loop) : undefined) ?? endOf(loop);
  const read = bound && firstRead(loop, bound);
  return read && { bound: bound.node, list: bound.list, read, edit: bound.edit, isStart: bound.isStart };
}

/** `i <= xs.length`, `xs.length >= i` */
function endOf(loop: ForStatement | WhileStatement): Bound | undefined {
  const condition = isForStatement(loop) ? loop.condition : loop.expression;
  const node = condition && unwrapped(condition);
  if (!node || !isBinaryExpression(node)) return undefined;
  const { operatorToken } = node;
  const isMirrored = operatorToken.kind === SyntaxKind.GreaterThanEqualsToken;
  if (!isMirrored && operatorToken.kind !== SyntaxKind.LessThanEqualsToken) return undefined;
  const index = unwrapped(isMirrored ? node.right : node.left);
  const list = listOf(isMirrored ? node.left : node.right);
  if (!list || !isIdentifier(index)) return undefined;
  return { node, index, list, edit: { at: operatorToken, text: isMirrored ? ">" : "<" }, isStart: false };
}

/** `let i = xs.length; i >= 0; i--` */
function startOf({ initializer, condition, incrementor }: ForStatement): Bound | undefined {
  if (!initializer || !isVariableDeclarationList(initializer) || !condition || !incrementor) return undefined;
  const down = incrementor.getText().replace(/\s/g, "");
  for (const { name, initializer: value } of initializer.declarations) {
    const list = value && listOf(value);
    if (!list || !isIdentifier(name)) continue;
    if (![`${name.text}--`, `--${name.text}`, `${name.text}-=1`].includes(down)) continue;
    if (usesOf(condition, name.text).some(isWritten)) continue;
    return {
      node: value,
      index: name,
      list,
      edit: { at: { start: value.end, end: value.end }, text: " - 1" },
      isStart: true,
    };
  }
  return undefined;
}

/** `xs` of `xs.length` */
function listOf(node: Node): Expression | undefined {
  const bare = unwrapped(node);
  return isPropertyAccessExpression(bare) && bare.name.text === "length" ? bare.expression : undefined;
}

/**
 * The first use of the element at the index that counts on its being there. None where the index or the length is
 * looked at before, or the index moves on.
 */
function firstRead(loop: ForStatement | WhileStatement, { index, list }: Bound): ElementAccessExpression | undefined {
  for (const node of nodesOf(loop.statement)) {
    if (isLookAt(node, { index, list })) return undefined;
    if (!isElementAccessExpression(node) || !isElementAt(node, index, list)) continue;
    if (enclosingFunction(node) === enclosingFunction(loop)) {
      return countsOn(node) && !isLookedAtLater(loop, node) ? node : undefined;
    }
  }
  return undefined;
}

/** Whether the index is written or tested here, or the length read: whoever does that may know where the list ends. */
function isLookAt(node: Node, { index, list }: Pick<Bound, "index" | "list">): boolean {
  if (isIdentifier(node)) return node.text === index.text && (isWritten(node) || isInTest(node));
  return isPropertyAccessExpression(node) && node.name.text === "length" && isSameReference(node.expression, list);
}

/** Whether an index is looked at itself, in a comparison or the condition of a branch: `if (i === n) break`. */
function isInTest(index: Identifier): boolean {
  const { parent } = wrapped(index);
  if (isBinaryExpression(parent)) return COMPARISONS.has(parent.operatorToken.kind);
  return isIfStatement(parent) || isCondition(index);
}

function isElementAt(
  { expression, argumentExpression }: ElementAccessExpression,
  index: Identifier,
  list: Expression,
): boolean {
  const at = unwrapped(argumentExpression);
  return isIdentifier(at) && at.text === index.text && isSameReference(expression, list);
}

/** Whether an element is used as if it were there: not written, tested, compared or given a default. */
function countsOn(element: ElementAccessExpression): boolean {
  const outer = wrapped(element);
  const { parent } = outer;
  if (isCondition(element) || (parent as { questionDotToken?: Node }).questionDotToken) return false;
  if (!isBinaryExpression(parent)) return true;
  return !(parent.left === outer ? isWriteOrDefault(parent) : false) && !COMPARISONS.has(parent.operatorToken.kind);
}

/** `next = list[i]; if (next === undefined) …` */
function isLookedAtLater(loop: ForStatement | WhileStatement, element: Node): boolean {
  const { parent } = wrapped(element);
  const name = isVariableDeclaration(parent) ? parent.name : isBinaryExpression(parent) ? parent.left : undefined;
  if (!name || !isIdentifier(name)) return false;
  return usesOf(loop.statement, name.text).some(use => use.pos > element.pos && (isInTest(use) || isCondition(use)));
}

function isWriteOrDefault({ operatorToken: { kind } }: BinaryExpression): boolean {
  return (
    kind === SyntaxKind.EqualsToken ||
    kind === SyntaxKind.BarBarToken ||
    kind === SyntaxKind.AmpersandAmpersandToken ||
    kind === SyntaxKind.QuestionQuestionToken
  );
}
