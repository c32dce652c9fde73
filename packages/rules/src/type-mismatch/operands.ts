/** Operands that a language construct refuses: it throws for a text or number where it wants an object or a list. */
import { quoted, type Ask, type Pass } from "@review/analysis";
import { SyntaxKind, type BinaryExpression, type Expression } from "@review/program/syntax";
import { kindOf, NOUNS, type Kind } from "./kinds.ts";

const PRIMITIVES: ReadonlySet<Kind> = new Set(["text", "number", "boolean"]);
const NOT_CALLABLE: ReadonlySet<Kind> = new Set([...PRIMITIVES, "array", "object"]);
const NOT_ITERABLE: ReadonlySet<Kind> = new Set(["number", "boolean", "object", "function"]);

/** `name in "text"` and `value instanceof "Name"`. */
export function* checkOperator(pass: Pass, { operatorToken, right }: BinaryExpression): Ask<void> {
  if (operatorToken.kind === SyntaxKind.InKeyword) {
    yield* check(pass, right, PRIMITIVES, "`in` looks for a member of an object");
  } else if (operatorToken.kind === SyntaxKind.InstanceOfKeyword) {
    yield* check(pass, right, NOT_CALLABLE, "`instanceof` asks for a class");
  }
}

/** `for (const x of 5)` and `[...5]`. */
export function* checkIterated(pass: Pass, iterated: Expression): Ask<void> {
  yield* check(pass, iterated, NOT_ITERABLE, "only what has elements can be taken apart");
}

function* check(pass: Pass, operand: Expression, refused: ReadonlySet<Kind>, why: string): Ask<void> {
  // Where the compiler checks the file, it refuses these.
  if (pass.file.isChecked) return;
  const kind = yield* kindOf(pass, operand);
  if (kind === undefined || !refused.has(kind)) return;
  pass.report(operand, {
    message: `${why[0]?.toUpperCase() ?? ""}${why.slice(1)}, and ${quoted(operand, pass.file.sourceFile)} is ${NOUNS[kind]}: this throws.`,
    evidence: [{ at: operand, message: `This is ${NOUNS[kind]}.` }],
  });
}
