/** Reports a Map or a Set that is used as if its entries were properties. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  hasOnlyFlags,
  isGlobal,
  isGuess,
  isUncertain,
  memberName,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isArrayLiteralExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type ElementAccessExpression,
  type Expression,
  type ForInStatement,
  type Identifier,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { checkBodies } from "./bodies.ts";
import { accessFixes, countFix, listFix, textFix } from "./fixes.ts";

const rule: Rule = defineRule({
  id: "collection-as-object",
  summary: "A Map or a Set is used as if its entries were properties.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Use the collection's own methods: `get`, `set`, `has`, `keys`, `size`; turn it into an array to write it as JSON.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* checkBodies(pass, call);
      const method = asMethodCall(call);
      if (method?.name === "stringify" && call.arguments.length > 0) yield* checkJson(pass, call, method.object);
      else if (method && LISTINGS.has(method.name)) yield* checkListing(pass, call, method.object, method.name);
    },
    [SyntaxKind.ElementAccessExpression]: (node: ElementAccessExpression) =>
      !pass.file.isChecked ? checkAccess(pass, node) : undefined,
    [SyntaxKind.PropertyAccessExpression]: (node: PropertyAccessExpression) =>
      !pass.file.isChecked && node.name.text === "length" ? checkLength(pass, node) : undefined,
    [SyntaxKind.ForInStatement]: (loop: ForInStatement) =>
      report(pass, loop.expression, loop.expression, "and this loop sees none of them"),
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind !== SyntaxKind.InKeyword || isMember(node.left)) return;
      yield* report(pass, node, node.right, "so `in` does not find them", found =>
        found.isSure ? [{ title: "Ask `has`", safety: "suggested", edits: [hasEdit(pass, node)] }] : [],
      );
    },
  }),
});
export default rule;

const LISTINGS: ReadonlySet<string> = new Set(["keys", "values", "entries"]);

function hasEdit({ file }: Pass, node: BinaryExpression): { at: BinaryExpression; text: string } {
  return { at: node, text: `${node.right.getText(file.sourceFile)}.has(${node.left.getText(file.sourceFile)})` };
}

/** `"size" in value` asks what kind of object it is. */
function isMember(left: Expression): boolean {
  const key = unwrapped(left);
  return key.kind === SyntaxKind.StringLiteral || key.kind === SyntaxKind.PrivateIdentifier;
}

/** `JSON.stringify(map)`, also as an element or property of what is written; a replacer may know better. */
function* checkJson(pass: Pass, call: CallExpression, object: Expression): Ask<void> {
  const [value, replacer] = call.arguments;
  if (!isIdentifier(object) || object.text !== "JSON" || !value) return;
  const isReplaced = replacer && replacer.kind !== SyntaxKind.NullKeyword && replacer.getText() !== "undefined";
  if (isReplaced || !(yield* isGlobal(pass.checker, object, "JSON"))) return;
  for (const part of writtenIn(value)) {
    yield* report(pass, part, part, "so JSON has `{}` in its place", ({ kind, isSure }) =>
      isSure && !isShorthandPropertyAssignment(part.parent) ? [textFix(pass, part, kind)] : [],
    );
  }
}

function writtenIn(value: Expression): readonly Expression[] {
  const bare = unwrapped(value) as Expression;
  if (isArrayLiteralExpression(bare)) return bare.elements.flatMap(writtenIn);
  if (!isObjectLiteralExpression(bare)) return mayBeCollection(bare) ? [bare] : [];
  return bare.properties.flatMap(property => {
    if (isShorthandPropertyAssignment(property)) return [property.name as Identifier];
    return isPropertyAssignment(property) ? writtenIn(property.initializer) : [];
  });
}

function mayBeCollection({ kind }: Expression): boolean {
  return COLLECTION_SYNTAX.has(kind);
}

const COLLECTION_SYNTAX: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
]);

function* checkListing(pass: Pass, call: CallExpression, object: Expression, name: string): Ask<void> {
  const [value] = call.arguments;
  if (
    !value ||
    !isIdentifier(object) ||
    object.text !== "Object" ||
    !(yield* isGlobal(pass.checker, object, "Object"))
  ) {
    return;
  }
  yield* report(pass, call, value, `so \`Object.${name}\` is always empty`, () => [listFix(pass, call, value, name)]);
}

function* checkAccess(pass: Pass, node: ElementAccessExpression): Ask<void> {
  const { checker } = pass;
  const key = node.argumentExpression;
  const kind = collectionOf((yield* builtinOf(checker, node.expression)) ?? "");
  if (!kind || !(yield* isKey(pass, key))) return;
  const name = memberName(node);
  if (name !== undefined && (yield* checker.propertyOf(yield* checker.typeOf(node.expression), name))) return;
  yield* report(pass, node, node.expression, "so an index does not reach them", () => accessFixes(pass, node, kind));
}

/** Text, a number, or a parameter of which nothing is known: a name may stand for a symbol, `map[kSize]`. */
function* isKey({ checker }: Pass, key: Expression): Ask<boolean> {
  const type = yield* checker.typeOf(key);
  if (isUncertain(type)) return isIdentifier(key) && (yield* isParameter(checker, key));
  return yield* hasOnlyFlags(checker, type, TypeFlags.StringLike | TypeFlags.NumberLike);
}

function* isParameter(checker: TypeChecker, name: Expression): Ask<boolean> {
  const symbol = yield* checker.symbolOf(name);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  return declaration !== undefined && isParameterDeclaration(declaration);
}

function* checkLength(pass: Pass, node: PropertyAccessExpression): Ask<void> {
  if (isPropertyAccessExpression(node.parent) && node.parent.expression === node) return;
  yield* report(pass, node, node.expression, "and it has a `size` instead of a `length`", () => [countFix(node)]);
}

interface Found {
  readonly kind: "Map" | "Set";
  /** Whether the value is always there: not null or undefined. */
  readonly isSure: boolean;
}

function* report(
  pass: Pass,
  place: Expression,
  value: Expression,
  so: string,
  fixes: (found: Found) => readonly ReportedFix[] = () => [],
): Ask<void> {
  const { checker, file } = pass;
  const kind = collectionOf((yield* builtinOf(checker, value)) ?? "");
  if (!kind || (file.isJavaScript && (yield* isGuess(checker, value)))) return;
  const type = yield* checker.typeOf(value);
  pass.report(place, {
    message: `The entries of the ${kind} ${quoted(value, file.sourceFile)} are no properties of it, ${so}.`,
    evidence: [{ at: value, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: fixes({ kind, isSure: !(type.flags & TypeFlags.Union) }),
  });
}

function collectionOf(builtin: string): "Map" | "Set" | undefined {
  if (builtin === "Map" || builtin === "ReadonlyMap" || builtin === "WeakMap") return "Map";
  return builtin === "Set" || builtin === "ReadonlySet" || builtin === "WeakSet" ? "Set" : undefined;
}
