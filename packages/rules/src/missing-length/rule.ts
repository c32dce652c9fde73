/** Reports a number that is compared with an array or a collection where its length or size is meant. */
import {
  builtinOf,
  defineRule,
  hasOnlyFlags,
  isGuess,
  literalValue,
  ORDERINGS,
  quoted,
  untypedListOf,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "missing-length",
  summary: "A number is compared with an array, a Map or a Set instead of its length or size.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Compare with `length`, or with `size` for a Map or a Set.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      // Where the compiler checks the file, it says so itself.
      if (pass.file.isChecked || !ORDERINGS.has(node.operatorToken.kind)) return;
      yield* check(pass, node.left, node.right);
      yield* check(pass, node.right, node.left);
    },
  }),
});
export default rule;

function* check(pass: Pass, collection: Expression, other: Expression): Ask<void> {
  const { checker, file } = pass;
  if (!mayBeCollection(collection) || !mayBeNumber(other)) return;
  const list = yield* untypedListOf(checker, collection);
  const member = list ? "length" : countOf((yield* builtinOf(checker, collection)) ?? "");
  if (!member || !(yield* hasOnlyFlags(checker, yield* checker.typeOf(other), TypeFlags.NumberLike))) return;
  if (yield* isGuess(checker, collection)) return;
  const type = yield* checker.textOf(yield* checker.typeOf(collection));
  const made = list && { at: list, message: "This gives a list." };
  const at = { start: collection.end, end: collection.end };
  pass.report(collection, {
    message: `A number is compared with ${quoted(collection, file.sourceFile)} itself, which is no number: its \`${member}\` is missing.`,
    evidence: [
      made ?? { at: collection, message: `This is of type \`${type}\`.` },
      { at: other, message: "This is a number." },
    ],
    fixes: [{ title: `Compare with \`${member}\``, safety: "suggested", edits: [{ at, text: `.${member}` }] }],
  });
}

function mayBeCollection(node: Expression): boolean {
  const bare = unwrapped(node);
  return (
    isIdentifier(bare) || isPropertyAccessExpression(bare) || isElementAccessExpression(bare) || isCallExpression(bare)
  );
}

function mayBeNumber(node: Expression): boolean {
  const literal = literalValue(node);
  return literal === undefined || typeof literal === "number";
}

/** The member that counts the elements of a builtin. */
function countOf(builtin: string): "length" | "size" | undefined {
  if (builtin === "Map" || builtin === "Set" || builtin === "ReadonlyMap" || builtin === "ReadonlySet") return "size";
  return builtin.endsWith("Array") || builtin.startsWith("NodeList") ? "length" : undefined;
}
