/** Reports comparisons of one character, or of a part of a text, with what it cannot be. */
import { TypeFlags } from "@review/program";
import {
  builtinOf,
  defineRule,
  fixedLocalOf,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isCaseClause,
  isIdentifier,
  SyntaxKind,
  type BinaryExpression,
  type CaseClause,
  type Expression,
  type SwitchStatement,
} from "@review/program/syntax";
import { partOf, type Part } from "./parts.ts";
import { misfitOf } from "./misfits.ts";

const rule: Rule = defineRule({
  id: "char-at-comparison",
  summary: "A character, or a part of a text of known length, is compared with what it cannot be.",
  category: "text",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Compare with one character, or ask with `startsWith`, `endsWith` or `includes`.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const kind = COMPARISONS.get(node.operatorToken.kind);
      if (!kind) return;
      yield* check(pass, node, node.left, node.right, kind);
      yield* check(pass, node, node.right, node.left, kind);
    },
    *[SyntaxKind.SwitchStatement](node: SwitchStatement) {
      for (const clause of node.caseBlock.clauses) {
        if (isCaseClause(clause)) yield* check(pass, clause, node.expression, clause.expression, CASE);
      }
    },
  }),
});
export default rule;

interface Kind {
  readonly isStrict: boolean;
  readonly outcome: string;
}

const CASE: Kind = { isStrict: true, outcome: "this case never matches" };

const COMPARISONS: ReadonlyMap<SyntaxKind, Kind> = new Map([
  [SyntaxKind.EqualsEqualsToken, { isStrict: false, outcome: "this is never true" }],
  [SyntaxKind.EqualsEqualsEqualsToken, { isStrict: true, outcome: "this is never true" }],
  [SyntaxKind.ExclamationEqualsToken, { isStrict: false, outcome: "this is always true" }],
  [SyntaxKind.ExclamationEqualsEqualsToken, { isStrict: true, outcome: "this is always true" }],
]);

function* check(
  pass: Pass,
  at: BinaryExpression | CaseClause,
  value: Expression,
  other: Expression,
  { isStrict, outcome }: Kind,
): Ask<void> {
  const part = partOf(value) ?? (yield* partByName(pass, value, other));
  const misfit = part && misfitOf(part, other, isStrict);
  if (!part || misfit === undefined || !(yield* isOfText(pass, part))) return;
  const { sourceFile } = pass.file;
  pass.report(at.kind === SyntaxKind.CaseClause ? other : at, {
    message: `${quoted(value, sourceFile)} is ${part.text}, and ${quoted(other, sourceFile)} is ${misfit}: ${outcome}.`,
    evidence: [
      { at: value, message: `This is ${part.text}.` },
      { at: other, message: `This is ${misfit}.` },
    ],
  });
}

/** `const sign = text.charAt(0)`: asked for where the other side is more than one character. */
function* partByName({ checker }: Pass, value: Expression, other: Expression): Ask<Part | undefined> {
  const text = isIdentifier(unwrapped(value)) ? literalValue(other) : undefined;
  if (typeof text !== "string" || text.length < 2) return undefined;
  const local = yield* fixedLocalOf(checker, value);
  return local && partOf(local.value);
}

/** Methods that only texts have need no type; `text[0]` and `slice` do. */
function* isOfText({ checker }: Pass, { object, isOnlyOfText }: Part): Ask<boolean> {
  const builtin = yield* builtinOf(checker, object);
  return builtin === "String" || (builtin === undefined && isOnlyOfText && (yield* isAny(checker, object)));
}

function* isAny(checker: Pass["checker"], object: Expression): Ask<boolean> {
  const type = yield* checker.typeOf(object);
  return (type.flags & TypeFlags.Any) !== 0;
}
