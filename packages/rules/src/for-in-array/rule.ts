/** Reports `for…in` over an array, which gives its keys, as text, and not only those of its elements. */
import {
  builtinName,
  certainParts,
  defineRule,
  isClaimed,
  isGuess,
  mentions,
  quoted,
  usesOf,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  SyntaxKind,
  type Expression,
  type ForInStatement,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { fixesFor } from "./fixes.ts";
import { GUARDS, isMemberOfText, sequenceKind, type SequenceKind } from "./tables.ts";

const rule: Rule = defineRule({
  id: "for-in-array",
  summary: "A `for…in` loop runs over an array.",
  category: "collections",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Take the elements with `for…of`; where the index is needed, loop over `entries()` or `keys()`.",
  listen: pass => ({
    *[SyntaxKind.ForInStatement](loop: ForInStatement) {
      const uses = keyUsesIn(loop);
      if (uses?.length === 0 || isMeant(loop)) return;
      const { checker } = pass;
      const type = yield* checker.typeOf(loop.expression);
      const kind = yield* sequenceOf(checker, type);
      if (kind === undefined) return;
      const misuse = uses?.map(misuseOf).find(found => found !== undefined);
      if (pass.file.isJavaScript && (yield* isDoubtful(checker, loop.expression, misuse))) return;
      pass.report(loop.expression, {
        message: misuse ? misuseMessage(pass, misuse) : plainMessage(pass, loop.expression, kind),
        evidence: [
          { at: loop.expression, message: `This is a \`${yield* checker.textOf(type)}\`.` },
          ...(misuse ? [{ at: misuse, message: "This takes the key for something else." }] : []),
        ],
        fixes: kind === "array" && uses ? fixesFor(loop, uses) : [],
      });
    },
  }),
});
export default rule;

function isMeant(loop: ForInStatement): boolean {
  return isGuarded(loop) || isProbe(loop);
}

/** Loops that ask of each key whether it is the array's own mean to go over keys. */
function isGuarded(loop: ForInStatement): boolean {
  return GUARDS.some(name => mentions(loop.statement, name));
}

/** `for (const name in [])` asks whether somebody has added to all arrays. */
function isProbe({ expression }: ForInStatement): boolean {
  return isArrayLiteralExpression(expression) && expression.elements.length === 0;
}

/**
 * Whether a type in JavaScript is no evidence. A loop over the keys speaks against a doc comment that calls the value
 * an array, unless it takes a key for what it is not in any case.
 */
function* isDoubtful(checker: TypeChecker, array: Expression, misuse: Node | undefined): Ask<boolean> {
  return (yield* isGuess(checker, array)) || (misuse === undefined && (yield* isClaimed(checker, array)));
}

/** What kind of sequence every possible value is. A union with an object is generic code, which has no other loop. */
function* sequenceOf(checker: TypeChecker, type: Type): Ask<SequenceKind | undefined> {
  let found: SequenceKind | undefined;
  for (const part of (yield* certainParts(checker, type)) ?? []) {
    const kind = yield* sequenceOfPart(checker, part);
    if (kind === undefined || (found !== undefined && found !== kind)) return undefined;
    found = kind;
  }
  return found;
}

function* sequenceOfPart(checker: TypeChecker, part: Type): Ask<SequenceKind | undefined> {
  if ((yield* checker.isArray(part)) || (yield* checker.isTuple(part))) return "array";
  const builtin = yield* builtinName(checker, part);
  if (builtin !== undefined) return sequenceKind(builtin);
  for (const base of yield* checker.baseTypesOf(part)) {
    if ((yield* sequenceOfPart(checker, base)) === "array") return "array";
  }
  return undefined;
}

/**
 * The uses of the key in the loop's body: a loop that has none counts, whatever the keys are. Undefined where the key
 * goes somewhere else than into a variable of the loop.
 */
function keyUsesIn({ initializer, statement }: ForInStatement): readonly Identifier[] | undefined {
  const name = isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : initializer;
  return name && isIdentifier(name) ? usesOf(statement, name.text) : undefined;
}

/** The operation that takes a key for a number or for an element: `i + 1`, `i === 0`, `user.name`. */
function misuseOf(use: Identifier): Node | undefined {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent)) {
    return parent.expression === outer && !isMemberOfText(parent.name.text) ? parent : undefined;
  }
  if (!isBinaryExpression(parent) || !TAKES_NUMBERS.has(parent.operatorToken.kind)) return undefined;
  return isNumeric(parent.left === outer ? parent.right : parent.left) ? parent : undefined;
}

const TAKES_NUMBERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** A number, `xs.length` or a difference; whatever else stands there is left to the compiler. */
function isNumeric(node: Node): boolean {
  if (isPropertyAccessExpression(node)) return node.name.text === "length";
  if (isBinaryExpression(node)) return node.operatorToken.kind === SyntaxKind.MinusToken;
  return node.kind === SyntaxKind.NumericLiteral;
}

function misuseMessage({ file }: Pass, misuse: Node): string {
  const key = isPropertyAccessExpression(misuse) ? "an index as text, no element" : "text, no number";
  return `The key of this loop is ${key} ("0", "1" and so on), so ${quoted(misuse, file.sourceFile)} is not what it says.`;
}

function plainMessage({ file }: Pass, expression: Expression, kind: SequenceKind): string {
  const what = quoted(expression, file.sourceFile);
  return kind === "list"
    ? `\`for…in\` over ${what} also visits \`length\`, \`item\` and other members of the list, which are no elements.`
    : `\`for…in\` over the array ${what} gives indexes as text, and keys of whatever else was added to it.`;
}
