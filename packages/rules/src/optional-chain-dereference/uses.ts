/** The uses of a value that `undefined` does not survive. */
import {
  isAsExpression,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isConditionalExpression,
  isForOfStatement,
  isIdentifier,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPrefixUnaryExpression,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** A use that goes wrong without a value. */
export interface Use {
  /** The expression or statement that uses the value. */
  readonly place: Node;
  /** The part of it that is the value: the chain, with what is around it. */
  readonly value: Node;
  /** What happens, as the end of a sentence. */
  readonly effect: string;
  readonly isArithmetic: boolean;
  /** What `+` adds it to: a sum is one only of numbers. */
  readonly addend?: Node | undefined;
}

/** The use that the value of an optional chain is put to, where it goes wrong without one. */
export function useOf(chain: Expression): Use | undefined {
  const value = carrierOf(chain);
  const place = value.parent;
  const effect = effectOn(place, value);
  if (effect !== undefined) return { place, value, effect, isArithmetic: false };
  if (!isArithmetic(place)) return undefined;
  const addend = isBinaryExpression(place) && isSum(place) ? otherSide(place, value) : undefined;
  return { place, value, effect: "calculating with it makes NaN", isArithmetic: true, addend };
}

function isSum({ operatorToken }: BinaryExpression): boolean {
  return operatorToken.kind === SyntaxKind.PlusToken || operatorToken.kind === SyntaxKind.PlusEqualsToken;
}

function otherSide({ left, right }: BinaryExpression, side: Node): Node {
  return left === side ? right : left;
}

/** The outermost expression whose value is that of the chain when the chain has none. `!` is a claim, and ends it. */
function carrierOf(chain: Node): Node {
  let at = chain;
  while (carries(at.parent, at)) at = at.parent;
  return at;
}

const CARRIERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.TypeAssertionExpression,
]);

function carries(parent: Node, part: Node): boolean {
  if (isAsExpression(parent) && parent.type.kind === SyntaxKind.AnyKeyword) return false;
  // `a?.b<string>` is what `a?.b` is, unless a class extends it.
  if (parent.kind === SyntaxKind.ExpressionWithTypeArguments) return parent.parent.kind !== SyntaxKind.HeritageClause;
  if (CARRIERS.has(parent.kind) || isAwaitExpression(parent)) return true;
  if (isConditionalExpression(parent)) return parent.condition !== part;
  if (!isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  if (kind === SyntaxKind.AmpersandAmpersandToken) return true;
  const isAlternative =
    kind === SyntaxKind.BarBarToken || kind === SyntaxKind.QuestionQuestionToken || kind === SyntaxKind.CommaToken;
  return isAlternative && parent.right === part;
}

function effectOn(place: Node, value: Node): string | undefined {
  switch (place.kind) {
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
      return isOwner(place, value) ? "reading a member of that throws" : undefined;
    case SyntaxKind.CallExpression:
      return isOwner(place, value) ? "calling that throws" : undefined;
    case SyntaxKind.TaggedTemplateExpression:
      return (place as Node & { tag: Node }).tag === value ? "calling that throws" : undefined;
    case SyntaxKind.NewExpression:
      return (place as Node & { expression: Node }).expression === value ? "`new` of that throws" : undefined;
    case SyntaxKind.SpreadElement:
      return "spreading that throws";
    case SyntaxKind.ForOfStatement:
      return isForOfStatement(place) && place.expression === value ? "a loop over that throws" : undefined;
    case SyntaxKind.YieldExpression:
      return (place as Node & { asteriskToken?: Node }).asteriskToken ? "`yield*` of that throws" : undefined;
    case SyntaxKind.ExpressionWithTypeArguments:
      return "a class that extends that throws";
    default:
      return isBinaryExpression(place) ? operatorEffect(place, value) : patternEffect(place, value);
  }
}

/** Whether a member access or call takes the value as it is: with a `?.` of its own it would stop as well. */
function isOwner(place: Node, value: Node): boolean {
  const access = place as Node & { expression: Node; questionDotToken?: Node };
  // In `a?.b.c` the rest belongs to the chain, which stops as a whole.
  const isSameChain = value.kind !== SyntaxKind.ParenthesizedExpression;
  return access.expression === value && !access.questionDotToken && !isSameChain;
}

function operatorEffect(place: BinaryExpression, value: Node): string | undefined {
  const { kind } = place.operatorToken;
  if (place.right !== value) return undefined;
  if (kind === SyntaxKind.InKeyword || kind === SyntaxKind.InstanceOfKeyword) {
    return `\`${kind === SyntaxKind.InKeyword ? "in" : "instanceof"}\` throws without an object`;
  }
  const isPattern = isObjectLiteralExpression(place.left) || isArrayLiteralExpression(place.left);
  return kind === SyntaxKind.EqualsToken && isPattern ? "destructuring that throws" : undefined;
}

function patternEffect(place: Node, value: Node): string | undefined {
  if (!isVariableDeclaration(place) && !isParameterDeclaration(place) && !isBindingElement(place)) return undefined;
  const isPattern = place.name !== undefined && !isIdentifier(place.name);
  return isPattern && place.initializer === value ? "destructuring that throws" : undefined;
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.SlashEqualsToken,
  SyntaxKind.PercentEqualsToken,
  SyntaxKind.AsteriskAsteriskEqualsToken,
]);

/** Bitwise operators take nothing for 0. */
function isArithmetic(place: Node): boolean {
  if (isPrefixUnaryExpression(place))
    return place.operator === SyntaxKind.MinusToken || place.operator === SyntaxKind.PlusToken;
  return isBinaryExpression(place) && ARITHMETIC.has(place.operatorToken.kind);
}
