/** Reports `for` loops that count away from their end. */
import {
  constantValue,
  defineRule,
  isWritten,
  quoted,
  unwrapped,
  usesOf,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type Expression,
  type ForStatement,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "loop-direction",
  summary: "A `for` loop counts away from the bound that ends it: it runs never, or without end.",
  category: "control-flow",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Count towards the bound, or turn the comparison round.",
  listen: pass => ({
    [SyntaxKind.ForStatement]: (node: ForStatement) => check(pass, node),
  }),
});
export default rule;

function* check(pass: Pass, node: ForStatement): Ask<void> {
  const { condition, incrementor, statement } = node;
  const change = incrementor && (yield* changeOf(pass, incrementor));
  if (!condition || !change || usesOf(statement, change.name).some(isWritten)) return;
  const bounds = boundsIn(condition).filter(each => each.name === change.name);
  const [bound] = bounds;
  // `i > 4 && i < 10` ends a loop that counts up, and lets it begin at 5 alone.
  if (!bound || bounds.some(({ limits }) => limits === change.goes)) return;
  const { sourceFile } = pass.file;
  const word = change.goes === "up" ? "up" : "down";
  const side = bound.limits === "up" ? "below" : "above";
  pass.report(change.at, {
    message: `\`${change.name}\` counts ${word}, away from the end: ${quoted(bound.at, sourceFile)} keeps it ${side} a bound that it never meets.`,
    evidence: [{ at: bound.at, message: "The loop ends when this no longer holds." }],
    fixes: change.opposite
      ? [{ title: "Count the other way", safety: "suggested", edits: [{ at: change.at, text: change.opposite }] }]
      : [],
  });
}

type Way = "up" | "down";

interface Change {
  readonly name: string;
  readonly goes: Way;
  readonly at: Expression;
  /** The same code in the other direction. */
  readonly opposite: string | undefined;
}

/** `i++`, `--i`, `i += 2`, `i = i - 1`; the first of several. */
function* changeOf(pass: Pass, incrementor: Expression): Ask<Change | undefined> {
  const node = unwrapped(incrementor);
  if (isPostfixUnaryExpression(node) || isPrefixUnaryExpression(node)) return steppedBy(node);
  if (!isBinaryExpression(node)) return undefined;
  const { left, operatorToken, right } = node;
  if (operatorToken.kind === SyntaxKind.CommaToken) return undefined;
  const name = unwrapped(left);
  if (!isIdentifier(name)) return undefined;
  if (operatorToken.kind === SyntaxKind.EqualsToken) return yield* assignedTo(pass, node, name.text, unwrapped(right));
  const goes = yield* wayOf(pass, operatorToken.kind, right);
  return goes && { name: name.text, goes, at: node, opposite: swapped(node) };
}

function steppedBy(
  node: Expression & { readonly operator: SyntaxKind; readonly operand: Expression },
): Change | undefined {
  const name = unwrapped(node.operand);
  const isUp = node.operator === SyntaxKind.PlusPlusToken;
  if (!isIdentifier(name) || (!isUp && node.operator !== SyntaxKind.MinusMinusToken)) return undefined;
  return { name: name.text, goes: isUp ? "up" : "down", at: node, opposite: swapped(node) };
}

function* assignedTo(pass: Pass, at: Expression, name: string, value: Node): Ask<Change | undefined> {
  if (!isBinaryExpression(value)) return undefined;
  const first = unwrapped(value.left);
  if (!isIdentifier(first) || first.text !== name) return undefined;
  const goes = yield* wayOf(pass, value.operatorToken.kind, value.right);
  return goes && { name, goes, at, opposite: swapped(at) };
}

/** Only a number that is written down, here or as a constant, is known to lead one way. */
function* wayOf({ checker }: Pass, operator: SyntaxKind, amount: Expression): Ask<Way | undefined> {
  const value = yield* constantValue(checker, amount);
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  if (value === 0 || value === 0n) return undefined;
  const adds = operator === SyntaxKind.PlusEqualsToken || operator === SyntaxKind.PlusToken;
  if (!adds && operator !== SyntaxKind.MinusEqualsToken && operator !== SyntaxKind.MinusToken) return undefined;
  return adds === value > 0 ? "up" : "down";
}

function swapped(node: Expression): string {
  const text = node.getText();
  // `i += -1`: to turn one of the signs round is enough, and the first is the operator's.
  if (/[+-].*[+-]/.test(text.replace(/\+\+|--/g, "+"))) return text.replace(/[+-]/, sign => (sign === "+" ? "-" : "+"));
  return text.includes("+") ? text.replaceAll("+", "-") : text.replaceAll("-", "+");
}

interface Bound {
  readonly name: string;
  /** `up` where the loop ends once the variable is large. */
  readonly limits: Way;
  readonly at: Expression;
}

/** The comparisons that all have to hold. */
function boundsIn(condition: Expression): readonly Bound[] {
  const node = unwrapped(condition);
  if (!isBinaryExpression(node)) return [];
  const { left, operatorToken, right } = node;
  if (operatorToken.kind === SyntaxKind.AmpersandAmpersandToken) return [...boundsIn(left), ...boundsIn(right)];
  const isLess = LESS.has(operatorToken.kind);
  if (!isLess && !GREATER.has(operatorToken.kind)) return [];
  const [first, second] = [unwrapped(left), unwrapped(right)];
  // In `n > i` either of the two may be what is counted.
  const bounds: Bound[] = [];
  if (isIdentifier(first) && !usesName(right, first.text)) {
    bounds.push({ name: first.text, limits: isLess ? "up" : "down", at: node });
  }
  if (isIdentifier(second) && !usesName(left, second.text)) {
    bounds.push({ name: second.text, limits: isLess ? "down" : "up", at: node });
  }
  return bounds;
}

function usesName(root: Node, name: string): boolean {
  return usesOf(root, name).length > 0;
}

const LESS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken]);
const GREATER: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken]);
