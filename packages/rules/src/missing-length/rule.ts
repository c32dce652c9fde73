/** Reports a number that is compared with an array or a collection where its length or size is meant. */
import {
  builtinOf,
  defineRule,
  hasOnlyFlags,
  isGuess,
  isSameReference,
  isUncertain,
  literalValue,
  nodesOf,
  ORDERINGS,
  quoted,
  untypedListOf,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isCallExpression,
  isElementAccessExpression,
  isForStatement,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
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
  const counted = yield* countedIn(pass, collection, other);
  if (!counted || !(yield* hasOnlyFlags(checker, yield* checker.typeOf(other), TypeFlags.NumberLike))) return;
  const { member, because } = counted;
  const at = { start: collection.end, end: collection.end };
  pass.report(collection, {
    message: `A number is compared with ${quoted(collection, file.sourceFile)} itself, which is no number: its \`${member}\` is missing.`,
    evidence: [because, { at: other, message: "This is a number." }],
    fixes: [{ title: `Compare with \`${member}\``, safety: "suggested", edits: [{ at, text: `.${member}` }] }],
  });
}

interface Counted {
  readonly member: "length" | "size";
  readonly because: { readonly at: Node; readonly message: string };
}

/** The member that counts the elements, and what says that there are some. */
function* countedIn({ checker }: Pass, collection: Expression, other: Expression): Ask<Counted | undefined> {
  const element = elementIn(collection, other);
  if (element && isUncertain(yield* checker.typeOf(collection))) {
    return { member: "length", because: { at: element, message: "Here an element of it is read." } };
  }
  const list = yield* untypedListOf(checker, collection);
  const member = list ? "length" : countOf((yield* builtinOf(checker, collection)) ?? "");
  if (!member || (yield* isGuess(checker, collection))) return undefined;
  if (list) return { member, because: { at: list, message: "This gives a list." } };
  const type = yield* checker.textOf(yield* checker.typeOf(collection));
  return { member, because: { at: collection, message: `This is of type \`${type}\`.` } };
}

/** `rows[i]` in the loop of `i < rows`: whatever `rows` is, it is taken for a list. */
function elementIn(collection: Expression, other: Expression): Node | undefined {
  const index = unwrapped(other);
  const { parent: loop } = wrapped(collection.parent);
  if (!isIdentifier(index) || !isForStatement(loop) || loop.condition !== wrapped(collection.parent)) return undefined;
  return [...nodesOf(loop.statement)].find(
    node =>
      isElementAccessExpression(node) &&
      isSameReference(node.expression, collection) &&
      isSameReference(node.argumentExpression, index),
  );
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
