/** Reports a `throw` of what is no error: it has no stack, and handlers that expect an error cannot read it. */
import {
  certainParts,
  defineRule,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isArrayLiteralExpression,
  isIdentifier,
  isObjectLiteralExpression,
  SyntaxKind,
  type Expression,
  type ThrowStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "thrown-non-error",
  summary: "A string, number, object literal or another value that is no error is thrown.",
  category: "errors",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Throw an `Error`, or a class that extends it, and keep the value in its message, its `cause` or a field.",
  listen: pass => ({
    *[SyntaxKind.ThrowStatement](statement: ThrowStatement) {
      // A test that throws anything else wants to see what becomes of it.
      if (!pass.file.isTest) yield* check(pass, statement.expression);
    },
  }),
});
export default rule;

function* check(pass: Pass, thrown: Expression): Ask<void> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(thrown);
  if (!(yield* isNoError(checker, thrown, type)) || (yield* isCaught(checker, thrown))) return;
  pass.report(thrown, {
    message: `${quoted(thrown, file.sourceFile)} is thrown but is no error: it has no stack, and handlers that read \`message\` get nothing.`,
    evidence: [{ at: thrown, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: fixesFor(thrown, type),
  });
}

/**
 * Whether every value that may be thrown is of a kind that nobody throws on purpose. Instances of classes and unique
 * symbols are signals, promises are what React's Suspense waits for, responses are what routers answer with.
 */
function* isNoError(checker: TypeChecker, thrown: Expression, type: Type): Ask<boolean> {
  const literal = unwrapped(thrown);
  if (isArrayLiteralExpression(literal)) return true;
  if (isObjectLiteralExpression(literal)) return !literal.properties.some(isSpread);
  if ((yield* checker.partsOf(type)).every(part => (part.flags & TypeFlags.Nullable) !== 0)) return true;
  const parts = (yield* certainParts(checker, type)) ?? [];
  for (const part of parts) {
    if (part.flags & TypeFlags.ESSymbolLike || !(part.flags & TypeFlags.Primitive)) return false;
  }
  return parts.length > 0;
}

/** A spread may bring the fields of an error along. */
function isSpread(property: { readonly kind: SyntaxKind }): boolean {
  return property.kind === SyntaxKind.SpreadAssignment;
}

/** What was caught is thrown on as it came, whatever a test has found it to be. */
function* isCaught(checker: TypeChecker, thrown: Expression): Ask<boolean> {
  const name = unwrapped(thrown);
  const symbol = isIdentifier(name) ? yield* checker.symbolOf(name) : undefined;
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  return declaration?.parent.kind === SyntaxKind.CatchClause;
}

function fixesFor(thrown: Expression, type: Type): readonly ReportedFix[] {
  if (!(type.flags & TypeFlags.StringLike)) return [];
  const start = thrown.getStart();
  const edits = [
    { at: { start, end: start }, text: "new Error(" },
    { at: { start: thrown.end, end: thrown.end }, text: ")" },
  ];
  return [{ title: "Throw an `Error` with this message", safety: "suggested", edits }];
}
