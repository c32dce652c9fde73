/** Reports values that are spread into an object or a list though they hold nothing that a spread would copy. */
import {
  builtinName,
  certainParts,
  defineRule,
  isAccess,
  isBuiltin,
  isGuess,
  literalValue,
  memberName,
  mentions,
  nodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { SymbolFlags, TypeFlags, type Type } from "@review/program";
import {
  isBlock,
  isClassLikeDeclaration,
  isGetAccessorDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isSpreadElement,
  ModifierFlags,
  SyntaxKind,
  type ArrayLiteralExpression,
  type CallExpression,
  type Expression,
  type GetAccessorDeclaration,
  type JsxSpreadAttribute,
  type Node,
  type SpreadAssignment,
} from "@review/program/syntax";
import { contentOf, NOTHING, type Wrong } from "./tables.ts";

const rule: Rule = defineRule({
  id: "spread-of-wrong-kind",
  summary: "A Map, function, text or other value without properties of its own is spread.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Spread what the value holds: call the function, turn the collection into an object, name the members that count.",
  listen: pass => ({
    [SyntaxKind.SpreadAssignment]: ({ expression }: SpreadAssignment) => checkObject(pass, expression),
    [SyntaxKind.JsxSpreadAttribute]: ({ expression }: JsxSpreadAttribute) => checkObject(pass, expression),
    [SyntaxKind.ArrayLiteralExpression]: ({ elements }: ArrayLiteralExpression) => checkElements(pass, elements),
    *[SyntaxKind.CallExpression](call: CallExpression) {
      if (isPropertyAccessExpression(call.expression) && ADDING.has(call.expression.name.text)) {
        yield* checkText(
          pass,
          call.arguments.filter(isSpreadElement).map(spread => spread.expression),
        );
      }
    },
  }),
});
export default rule;

const ADDING: ReadonlySet<string> = new Set(["push", "unshift"]);

function* checkObject(pass: Pass, value: Expression): Ask<void> {
  const { checker, file } = pass;
  if (!MAY_BE_WRONG.has(unwrapped(value).kind)) return;
  const type = yield* checker.typeOf(value);
  const wrong = yield* wrongOf(checker, type);
  if (!wrong || (LOSES_SOME.has(wrong.kind) && (picksUp(value) || isExplained(pass, value)))) return;
  if (file.isJavaScript && (yield* isGuess(checker, value))) return;
  pass.report(value, {
    message: `${quoted(value, file.sourceFile)} is ${wrong.what}, ${wrong.so}.`,
    evidence: [{ at: value, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
  });
}

/** What has properties of its own, besides those that a spread leaves behind. */
const LOSES_SOME: ReadonlySet<Wrong["kind"]> = new Set(["error", "instance"]);

const MAY_BE_WRONG: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.BinaryExpression,
  SyntaxKind.ConditionalExpression,
  SyntaxKind.StringLiteral,
  SyntaxKind.TemplateExpression,
  SyntaxKind.NoSubstitutionTemplateLiteral,
]);

/** What every possible value is, apart from those that mean "nothing to spread": false, null, undefined, empty text. */
function* wrongOf(checker: TypeChecker, type: Type): Ask<Wrong | undefined> {
  let found: Wrong | undefined;
  for (const part of (yield* certainParts(checker, type)) ?? []) {
    if (part.flags & TypeFlags.BooleanLike || (part.isLiteralType() && part.value === "")) continue;
    const wrong = yield* wrongOfPart(checker, part);
    if (!wrong || (found && found.kind !== wrong.kind)) return undefined;
    found = wrong;
  }
  return found;
}

function* wrongOfPart(checker: TypeChecker, part: Type): Ask<Wrong | undefined> {
  if (part.flags & TypeFlags.StringLike) return NOTHING.text;
  if (part.flags & TypeFlags.Primitive || part.flags & TypeFlags.Intersection) return undefined;
  const builtin = yield* builtinName(checker, part);
  if (builtin !== undefined && builtin !== "Function") return contentOf(builtin);
  const [signature] = yield* checker.callSignaturesOf(part);
  if (!signature) return yield* instanceOf(checker, part);
  const hasMembers = (yield* checker.propertiesOf(part)).length > 0;
  return hasMembers ? undefined : NOTHING.function;
}

/** An instance of a class of the project with accessors, whose values stay behind; its methods are no data. */
function* instanceOf(checker: TypeChecker, part: Type): Ask<Wrong | undefined> {
  const symbol = yield* checker.symbolOfType(part);
  if (!symbol || (symbol.flags & SymbolFlags.Class) === 0 || isBuiltin(symbol)) return undefined;
  const declaration = yield* checker.declarationOf(symbol);
  if (!declaration || !isClassLikeDeclaration(declaration) || declaration.getSourceFile().isDeclarationFile)
    return undefined;
  const lost = declaration.members.find(isLost);
  return lost && { ...NOTHING.instance, so: `whose \`${lost.name.getText()}\` a spread leaves behind` };
}

function isLost(member: Node): member is GetAccessorDeclaration {
  if (!isGetAccessorDeclaration(member)) return false;
  const { modifierFlags, name } = member;
  return (
    isIdentifier(name) && !(modifierFlags & (ModifierFlags.Static | ModifierFlags.Private | ModifierFlags.Abstract))
  );
}

/** A comment above the statement that speaks of spreading says that the properties are what is wanted. */
function isExplained({ file: { text } }: Pass, value: Node): boolean {
  const at = statementOf(value);
  return /\/[/*][^]*\b(?:spread|enumerable|own properties)/i.test(text.slice(at.pos, at.getStart()));
}

/** `{ ...error, message: error.message }`, `{ ...part, start: part.at + offset }` and `[error.stack, { ...error }]` know what a spread leaves out. */
function picksUp(value: Expression): boolean {
  const name = unwrapped(value);
  if (!isIdentifier(name)) return false;
  let count = 0;
  value.parent.parent.forEachChild(child => {
    if (mentions(child, name.text)) count++;
  });
  if (count > 1) return true;
  return [...nodesOf(statementOf(value))].some(each => isLeftOut(each, name.text));
}

/** The statement of a block that a node stands in. */
function statementOf(node: Node): Node {
  let at = node;
  while (at.parent && !isBlock(at.parent) && !isSourceFile(at.parent)) at = at.parent;
  return at;
}

function isLeftOut(node: Node, error: string): boolean {
  const name = memberName(node);
  if (!isAccess(node) || (name !== "message" && name !== "stack")) return false;
  const object = unwrapped(node.expression);
  return isIdentifier(object) && object.text === error;
}

/** Text among the lists of an array falls apart into letters, unless it is all that the array is made of. */
function* checkElements(pass: Pass, elements: readonly Expression[]): Ask<void> {
  const spreads = elements.filter(isSpreadElement).map(spread => spread.expression);
  if (spreads.length === 0 || elements.length < 2) return;
  let hasWords = false;
  for (const spread of spreads) hasWords ||= yield* isListOfWords(pass.checker, spread);
  if (hasWords) yield* checkText(pass, spreads);
}

function* isListOfWords(checker: TypeChecker, value: Expression): Ask<boolean> {
  const type = yield* checker.typeOf(value);
  if (!(yield* checker.isArray(type))) return false;
  const [element] = yield* checker.typeArgumentsOf(type);
  return element !== undefined && (element.flags & TypeFlags.String) !== 0;
}

function* checkText(pass: Pass, spreads: readonly Expression[]): Ask<void> {
  const { checker, file } = pass;
  for (const value of spreads) {
    if (literalValue(value) !== undefined || !MAY_BE_WRONG.has(unwrapped(value).kind)) continue;
    const type = yield* checker.typeOf(value);
    if (!(type.flags & TypeFlags.StringLike) || (file.isJavaScript && (yield* isGuess(checker, value)))) continue;
    const dots = { start: value.parent.getStart(), end: value.getStart() };
    pass.report(value, {
      message: `${quoted(value, file.sourceFile)} is text, which a spread takes apart into letters among the other elements.`,
      evidence: [{ at: value, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
      fixes: [{ title: "Add the text as one element", safety: "suggested", edits: [{ at: dots, text: "" }] }],
    });
  }
}
