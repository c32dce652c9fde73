/** Where a value is used as if it were true or false. */
import { isWritten, unwrapped, wrapped, type Scopes } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";

export interface BooleanUse {
  readonly node: Node;
  /** The boolean or number that it is compared with; undefined for a test of truth. */
  readonly literal: Node | undefined;
}

/** The tests of a value, at its place or at the uses of the one variable that is given it. */
export function usesOfValue(scopes: Scopes, node: Node): readonly BooleanUse[] {
  const own = useAt(node);
  if (own) return [own];
  const name = nameGiven(node);
  const variable = name && scopes.variableOf(name);
  if (!variable || variable.isExposed || variable.references.some(use => use.isWritten || isWritten(use.node)))
    return [];
  return variable.references.flatMap(use => useAt(use.node) ?? []);
}

function nameGiven(node: Node): Node | undefined {
  if (isIdentifier(node) && node.parent.kind === SyntaxKind.BindingElement) return node;
  const { parent } = wrapped(node);
  return isVariableDeclaration(parent) && parent.initializer && isIdentifier(parent.name) ? parent.name : undefined;
}

function useAt(node: Node): BooleanUse | undefined {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isTested(outer) || hasBooleanDefault(outer)) return { node, literal: undefined };
  if (isCallExpression(parent) && parent.arguments[0] === outer && parent.expression.getText() === "Boolean") {
    return { node, literal: undefined };
  }
  const literal = isBinaryExpression(parent) ? comparedWith(parent, outer) : undefined;
  return literal && { node, literal };
}

/** `process.env.MAIL_ENABLED ?? false`: what stands in for it is a boolean. */
function hasBooleanDefault(node: Node): boolean {
  const { parent } = node;
  if (!isBinaryExpression(parent) || parent.left !== node) return false;
  const { kind } = parent.operatorToken;
  const isDefault = kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken;
  return isDefault && isBoolean(unwrapped(parent.right));
}

function isBoolean({ kind }: Node): boolean {
  return kind === SyntaxKind.TrueKeyword || kind === SyntaxKind.FalseKeyword;
}

/** Whether only the truth of a value counts; where it stands for itself, `a || b` takes it for what it is. */
function isTested(node: Node): boolean {
  const { parent } = node;
  switch (parent.kind) {
    case SyntaxKind.IfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
      return (parent as Node & { expression: Node }).expression === node;
    case SyntaxKind.ConditionalExpression:
    case SyntaxKind.ForStatement:
      return (parent as Node & { condition?: Node }).condition === node;
    case SyntaxKind.PrefixUnaryExpression:
      return isPrefixUnaryExpression(parent) && parent.operator === SyntaxKind.ExclamationToken;
    case SyntaxKind.BinaryExpression:
      return isTestedOperand(node, parent as BinaryExpression);
    default:
      return false;
  }
}

function isTestedOperand(node: Node, parent: BinaryExpression): boolean {
  const { kind } = parent.operatorToken;
  if (kind === SyntaxKind.AmpersandAmpersandToken && parent.left === node) return true;
  const isChoice = kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken;
  return isChoice && isTested(wrapped(parent));
}

const STRICT: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);
const LOOSE: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.EqualsEqualsToken, SyntaxKind.ExclamationEqualsToken]);

/** `"1" == 1` holds, `"1" === 1` and `"true" == true` do not. */
function comparedWith({ left, operatorToken, right }: BinaryExpression, node: Node): Node | undefined {
  const other = unwrapped(left === node ? right : left);
  if (STRICT.has(operatorToken.kind))
    return isBoolean(other) || other.kind === SyntaxKind.NumericLiteral ? other : undefined;
  return LOOSE.has(operatorToken.kind) && isBoolean(other) ? other : undefined;
}
