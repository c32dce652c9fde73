/** Reports times in one unit that are used as if they were in another. */
import {
  defineRule,
  quoted,
  UNIT_NAMES,
  unitInName,
  unitOf,
  type Ask,
  type Measured,
  type Pass,
  type Rule,
  type Unit,
} from "@review/analysis";
import {
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type PropertyAssignment,
  type VariableDeclaration,
} from "@review/program/syntax";
import { cookieAge, slotsOf, type Slot } from "./slots.ts";

const rule: Rule = defineRule({
  id: "time-unit-mismatch",
  summary: "A time in one unit is used where another is expected: seconds as milliseconds, or the other way round.",
  category: "numbers",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair:
    "Convert the value to the unit that is expected, `seconds * 1000` for milliseconds, or rename what is named wrongly.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](node: CallExpression) {
      yield* checkArguments(pass, node);
    },
    *[SyntaxKind.NewExpression](node: NewExpression) {
      yield* checkArguments(pass, node);
    },
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (COMPARED.has(node.operatorToken.kind)) yield* checkOperands(pass, node);
      else if (node.operatorToken.kind === SyntaxKind.EqualsToken) yield* checkGiven(pass, node.left, node.right);
    },
    *[SyntaxKind.VariableDeclaration](node: VariableDeclaration) {
      if (node.initializer) yield* checkGiven(pass, node.name, node.initializer);
    },
    *[SyntaxKind.PropertyAssignment](node: PropertyAssignment) {
      yield* checkGiven(pass, node.name, node.initializer);
      const slot = yield* cookieAge(pass, node);
      if (slot) yield* checkSlot(pass, slot);
    },
  }),
});
export default rule;

/** Operators whose operands have to be in the same unit. */
const COMPARED: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken],
  ...[SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken],
  ...[SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken],
]);

function* checkArguments(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  for (const slot of yield* slotsOf(pass, call)) yield* checkSlot(pass, slot);
}

function* checkSlot(pass: Pass, { argument, unit, why }: Slot): Ask<void> {
  const measured = yield* unitOf(pass, argument);
  if (measured && measured.unit !== unit) report(pass, argument, measured, unit, why);
}

/** Only a side whose own text tells of a unit is worth following the other for. */
function* checkOperands(pass: Pass, { left, right }: BinaryExpression): Ask<void> {
  if (!tells(left) && !tells(right)) return;
  const ours = yield* unitOf(pass, left);
  const theirs = ours && (yield* unitOf(pass, right));
  if (!ours || !theirs || ours.unit === theirs.unit) return;
  const { sourceFile } = pass.file;
  pass.report(right, {
    message: `${quoted(left, sourceFile)} is in ${UNIT_NAMES[ours.unit]}, and ${quoted(right, sourceFile)} in ${UNIT_NAMES[theirs.unit]}.`,
    evidence: [...ours.evidence, ...theirs.evidence],
  });
}

/** Long operands are chains of others, or texts. */
function tells(operand: Node): boolean {
  return operand.end - operand.pos < LONGEST_TELLING && TELLS.test(operand.getText());
}

const LONGEST_TELLING = 80;

const TELLS: RegExp =
  /m[Ss]\b|MS\b|millis|\.(?:exp|iat|nbf)\b|[sS]ec(?:ond)?s?\b|SEC|[mM]in(?:ute)?s\b|MINUTES|[hH]ours\b|HOURS|[dD]ays\b|DAYS|\bnow\(|getTime|valueOf|unix/i;

/** A variable or property whose name says a unit is given a value in another. */
function* checkGiven(pass: Pass, target: Node, value: Expression): Ask<void> {
  const name = isPropertyAccessExpression(target) ? target.name : target;
  const unit = isIdentifier(name) ? unitInName(name.text) : undefined;
  if (!unit) return;
  const measured = yield* unitOf(pass, value);
  if (!measured || measured.unit === unit) return;
  report(pass, value, measured, unit, `${quoted(name, pass.file.sourceFile)} is named for ${UNIT_NAMES[unit]}`);
}

function report(pass: Pass, value: Node, measured: Measured, unit: Unit, why: string): void {
  pass.report(value, {
    message: `${quoted(value, pass.file.sourceFile)} is in ${UNIT_NAMES[measured.unit]}, and ${why}.`,
    evidence: [...measured.evidence, { at: value, message: `Here a time in ${UNIT_NAMES[unit]} is expected.` }],
  });
}
