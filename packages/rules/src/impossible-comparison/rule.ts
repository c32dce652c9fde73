/** Reports comparisons of two values that can never be equal: of other kinds, or of text in the wrong form. */
import { defineRule, literalValue, quoted, unwrapped, type Ask, type Pass, type Rule } from "@review/analysis";
import {
  isBinaryExpression,
  isPropertyAccessExpression,
  isCaseClause,
  SyntaxKind,
  type BinaryExpression,
  type Node,
  type SourceFile,
  type SwitchStatement,
} from "@review/program/syntax";
import { checkAbsent } from "./absent.ts";
import { kindOf, newKindOf } from "./kinds.ts";
import { checkCase, checkCases } from "./letter-case.ts";
import { wrongParameter } from "./passed.ts";
import { checkWrapper } from "./wrappers.ts";

const rule: Rule = defineRule({
  id: "impossible-comparison",
  summary:
    "Two values are compared that can never be equal: of different kinds, in different letter case, or made on the spot.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Compare with a value that the other side can have.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      if (!OPERATORS.has(kind)) return;
      const outcome = OPERATORS.get(kind) === true ? "true" : "false";
      // What the types tell is the compiler's to report where it checks the file.
      if (!pass.file.isChecked && STRICT.has(kind)) checkNew(pass, node);
      if (STRICT.has(kind)) yield* checkWrapper(pass, node, outcome);
      checkPassed(pass, node, outcome);
      yield* checkAbsent(pass, node, outcome);
      yield* checkCase(pass, node, outcome);
    },
    *[SyntaxKind.SwitchStatement](node: SwitchStatement) {
      yield* checkCases(pass, node);
      if (!pass.file.isChecked) yield* checkLabels(pass, node);
    },
    *[SyntaxKind.SourceFile](_: SourceFile) {
      if (pass.file.isChecked) return;
      const seen = new Set<Node>();
      for (const { code, node, end } of yield* pass.diagnostics()) {
        const comparison = code === NO_OVERLAP ? comparisonAt(node, end) : undefined;
        if (!comparison || seen.has(comparison)) continue;
        seen.add(comparison);
        yield* check(pass, comparison);
      }
    },
  }),
});
export default rule;

/** TypeScript's: no overlap between the types. */
const NO_OVERLAP = 2367;

function comparisonAt(token: Node, end: number): BinaryExpression | undefined {
  for (let at = token; at && at.end <= end; at = at.parent) {
    if (at.end === end && isBinaryExpression(at) && OPERATORS.has(at.operatorToken.kind)) return at;
  }
  return undefined;
}

const OPERATORS: ReadonlyMap<SyntaxKind, boolean> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, false],
  [SyntaxKind.EqualsEqualsToken, false],
  [SyntaxKind.ExclamationEqualsEqualsToken, true],
  [SyntaxKind.ExclamationEqualsToken, true],
]);

const STRICT: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);

/** `value === ["a"]`: what is made for the comparison is nothing else. */
function checkNew(pass: Pass, node: BinaryExpression): void {
  const made = [node.left, node.right].find(side => newKindOf(side) !== undefined && !isOthersBusiness(side));
  if (!made) return;
  const { sourceFile } = pass.file;
  const outcome = OPERATORS.get(node.operatorToken.kind) === true ? "true" : "false";
  pass.report(node, {
    message: `${quoted(made, sourceFile)} is ${String(newKindOf(made))}, which is never equal to anything else: this is always ${outcome}.`,
    evidence: [{ at: made, message: "This is made here, for the comparison." }],
  });
}

function checkPassed(pass: Pass, node: BinaryExpression, outcome: string): void {
  const wrong = pass.file.isTest ? undefined : wrongParameter(pass.scopes(), node);
  if (!wrong) return;
  const { parameter, call, other } = wrong;
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(node.left, sourceFile)} is never ${quoted(node.right, sourceFile)}, so this is always ${outcome}: it is \`${other}\` that gets that.`,
    evidence: [
      { at: parameter, message: "No call gives this parameter the text." },
      { at: call, message: `Here \`${other}\` gets it.` },
    ],
    repair: `Compare \`${other}\`.`,
  });
}

function* check(pass: Pass, node: BinaryExpression): Ask<void> {
  const sides = [node.left, node.right];
  if (sides.some(side => isOthersBusiness(side) || newKindOf(side) !== undefined)) return;
  const left = yield* kindOf(pass, node.left);
  const right = left && (yield* kindOf(pass, node.right));
  if (!left || !right || (left === right && !isPlatform(node.left) && !isPlatform(node.right))) return;
  // `==` turns one kind into the other: "1" equals both 1 and true.
  if (left !== right && !STRICT.has(node.operatorToken.kind) && !isNoNumber(node, left, right)) return;
  const { sourceFile } = pass.file;
  const outcome = OPERATORS.get(node.operatorToken.kind) === true ? "true" : "false";
  pass.report(node, {
    message: `${quoted(node.left, sourceFile)} (${left}) is never equal to ${quoted(node.right, sourceFile)} (${right}), so this is always ${outcome}.`,
    evidence: [
      { at: node.left, message: `This is ${left}.` },
      { at: node.right, message: `This is ${right}.` },
    ],
  });
}

/** `switch (count) { case "1": … }` */
function* checkLabels(pass: Pass, { expression, caseBlock }: SwitchStatement): Ask<void> {
  const labels = caseBlock.clauses
    .filter(isCaseClause)
    .filter(label => typeof literalValue(label.expression) === "string");
  const kind = labels.length > 0 ? yield* kindOf(pass, expression) : undefined;
  if (kind !== "a number" && kind !== "a boolean") return;
  for (const { expression: label } of labels) {
    pass.report(label, {
      message: `${quoted(expression, pass.file.sourceFile)} (${kind}) is never equal to ${quoted(label, pass.file.sourceFile)} (a text), so this case never runs.`,
      evidence: [{ at: expression, message: `This is ${kind}.` }],
    });
  }
}

/** `isOpen == "true"`: the text is made a number of, and that is NaN. */
function isNoNumber(node: BinaryExpression, left: string, right: string): boolean {
  const [text, other] = left === "a text" ? [node.left, right] : [node.right, left];
  const value = literalValue(unwrapped(text));
  return typeof value === "string" && Number.isNaN(Number(value)) && (other === "a boolean" || other === "a number");
}

/** Of two texts or numbers one is as good as the other, unless the platform has but a few; a list that was counted may grow. */
function isPlatform(operand: Node): boolean {
  const bare = unwrapped(operand);
  return isPropertyAccessExpression(bare) && !/^(?:length|size)$/.test(bare.name.text);
}

/** `!a === b`, `a < b === c`, a misspelt `typeof` and `x === []` have rules of their own. */
function isOthersBusiness(operand: Node): boolean {
  const bare = unwrapped(operand);
  if (bare.kind === SyntaxKind.TypeOfExpression || bare.kind === SyntaxKind.PrefixUnaryExpression) return true;
  if (bare.kind === SyntaxKind.ArrayLiteralExpression || bare.kind === SyntaxKind.ObjectLiteralExpression) {
    const { elements, properties } = bare as Node & { elements?: readonly Node[]; properties?: readonly Node[] };
    return (elements ?? properties)?.length === 0;
  }
  return operand === bare && isBinaryExpression(bare) && !isJoining(bare);
}

function isJoining({ operatorToken }: BinaryExpression): boolean {
  return ARITHMETIC.has(operatorToken.kind);
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.PercentToken],
]);
