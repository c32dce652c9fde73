/** Reports tests for emptiness that cannot tell the empty collection from any other. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  EQUALITIES,
  INDEX_SEARCHES,
  literalValue,
  memberName,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isObjectLiteralExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "empty-collection-check",
  summary:
    "A test for emptiness cannot tell: a length is never below 0, a new `[]` equals nothing, `indexOf(x) > 0` misses the first.",
  category: "conditions",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Compare the length with `> 0` or `=== 0`, and what `indexOf` answers with `>= 0`.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      if (EQUALITIES.has(kind)) checkLiteral(pass, node);
      const comparison = comparisonOf(node);
      if (comparison?.operator === ">=") yield* checkLength(pass, comparison);
      else if (comparison) yield* checkIndex(pass, comparison);
    },
  }),
});
export default rule;

interface Comparison {
  readonly node: BinaryExpression;
  readonly subject: Expression;
  readonly operator: ">" | ">=";
  readonly isMirrored: boolean;
}

/** `subject > 0` and `subject >= 0`, from either side. */
function comparisonOf(node: BinaryExpression): Comparison | undefined {
  const [operator, isMirrored] = OPERATORS.get(node.operatorToken.kind) ?? [];
  const [subject, limit] = isMirrored ? [node.right, node.left] : [node.left, node.right];
  if (operator === undefined || literalValue(limit) !== 0) return undefined;
  return { node, subject, operator, isMirrored: isMirrored === true };
}

const OPERATORS: ReadonlyMap<SyntaxKind, readonly [Comparison["operator"], boolean]> = new Map([
  [SyntaxKind.GreaterThanEqualsToken, [">=", false]],
  [SyntaxKind.LessThanEqualsToken, [">=", true]],
  [SyntaxKind.GreaterThanToken, [">", false]],
  [SyntaxKind.LessThanToken, [">", true]],
]);

/** `x === []`, and `x == []`, which holds for nothing but the empty text and 0. */
function checkLiteral(pass: Pass, node: BinaryExpression): void {
  const literal = [node.left, node.right].map(unwrapped).find(isEmptyLiteral);
  // Where the compiler checks the file, it says so itself.
  if (!literal || pass.file.isChecked) return;
  const { kind } = node.operatorToken;
  const isNegated = kind === SyntaxKind.ExclamationEqualsEqualsToken || kind === SyntaxKind.ExclamationEqualsToken;
  pass.report(node, {
    message: `${quoted(literal, pass.file.sourceFile)} is a new object that equals no other: for a collection this is always ${String(isNegated)}.`,
    evidence: [{ at: literal, message: "This is made for the comparison." }],
  });
}

function isEmptyLiteral(node: Node): boolean {
  if (isArrayLiteralExpression(node)) return node.elements.length === 0;
  return isObjectLiteralExpression(node) && node.properties.length === 0;
}

/** `xs.length >= 0` holds for the empty one as well. */
function* checkLength(pass: Pass, comparison: Comparison): Ask<void> {
  const { node } = comparison;
  const subject = unwrapped(comparison.subject);
  const name = memberName(subject);
  if (name !== "length" && name !== "size") return;
  const builtin = yield* builtinOf(pass.checker, (subject as Node & { expression: Expression }).expression);
  if (builtin === undefined || !SIZED.has(builtin)) return;
  pass.report(node, {
    message: `A ${name} is never below 0, so ${quoted(node, pass.file.sourceFile)} holds for the empty one as well.`,
    evidence: [{ at: subject, message: `This is the ${name} of a \`${builtin}\`.` }],
    fixes: [operatorFix(comparison, ">")],
  });
}

const SIZED: ReadonlySet<string> = new Set([
  ...["Array", "ReadonlyArray", "String", "Map", "Set", "ReadonlyMap", "ReadonlySet", "Buffer", "Uint8Array"],
]);

/** `xs.indexOf(x) > 0` misses the first element. In a text, what stands at the start is often left out on purpose. */
function* checkIndex(pass: Pass, comparison: Comparison): Ask<void> {
  const { node } = comparison;
  const call = unwrapped(comparison.subject);
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  if (!method || !isCallExpression(call) || !INDEX_SEARCHES.has(method.name)) return;
  // `list.indexOf(x, 1) > 0` looks behind the first.
  if (call.arguments.length !== 1 || ARGUMENTS.test(method.object.getText())) return;
  const builtin = yield* builtinOf(pass.checker, method.object);
  if (builtin !== "Array" && builtin !== "ReadonlyArray") return;
  pass.report(node, {
    message: `${quoted(call, pass.file.sourceFile)} answers 0 for the first element, which \`> 0\` takes for missing.`,
    evidence: [{ at: method.object, message: `This is a \`${builtin}\`, and the first element has the index 0.` }],
    fixes: [operatorFix(comparison, ">=")],
  });
}

/** The first of a command line's words, or of a path's parts, is one that nobody looks for. */
const ARGUMENTS = /argv|args|path|parts|segments|stack/i;

function operatorFix({ node: { operatorToken }, isMirrored }: Comparison, written: ">" | ">="): ReportedFix {
  const operator = isMirrored ? written.replace(">", "<") : written;
  return { title: `Write \`${operator}\``, safety: "suggested", edits: [{ at: operatorToken, text: operator }] };
}
