/** Reports `in` with an array on its right and a value on its left: it asks for indexes, not for elements. */
import {
  asMethodCall,
  certainParts,
  defineRule,
  fixedLocalOf,
  hasOnlyFlags,
  isGuess,
  isUncertain,
  literalValue,
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
  isCallExpression,
  isForInStatement,
  isIdentifier,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "in-on-array",
  summary: "`in` asks an array for an element, but answers whether it has an index or a member of that name.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Ask `includes`: `values.includes(value)`.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) =>
      node.operatorToken.kind === SyntaxKind.InKeyword ? check(pass, node) : undefined,
  }),
});
export default rule;

function* check(pass: Pass, node: BinaryExpression): Ask<void> {
  const { checker, file } = pass;
  const { left, right } = node;
  if (left.kind === SyntaxKind.PrivateIdentifier) return;
  const array = yield* checker.typeOf(right);
  const element = yield* elementOf(checker, array);
  if (!element || !(yield* isForElement(pass, left, right, array, element))) return;
  if (file.isJavaScript && (yield* isGuess(checker, right))) return;
  pass.report(node, {
    message: `\`in\` looks for an index or a member named ${quoted(left, file.sourceFile)}, not for an element of ${quoted(right, file.sourceFile)}.`,
    evidence: [{ at: right, message: `This is of type \`${yield* checker.textOf(array)}\`.` }],
    fixes: yield* fixesFor(pass, node, element),
  });
}

/** The type of the elements, where every possible value is an array. */
function* elementOf(checker: TypeChecker, type: Type): Ask<Type | undefined> {
  const [only, ...more] = (yield* certainParts(checker, type)) ?? [];
  if (!only || more.length > 0) return undefined;
  const isList = (yield* checker.isArray(only)) || (yield* checker.isTuple(only));
  return isList ? (yield* checker.typeArgumentsOf(only))[0] : undefined;
}

/**
 * Whether it is an element that is asked for: a list that is written on the spot has its indexes in plain sight, and
 * text is no index. Numbers elsewhere may be indexes, which `in` tells from holes; known members are asked for as such.
 */
function* isForElement(pass: Pass, left: Expression, right: Expression, array: Type, element: Type): Ask<boolean> {
  const { checker } = pass;
  const key = literalValue(left);
  if (typeof key === "string" && (/^\d+$/.test(key) || (yield* checker.propertyOf(array, key)))) return false;
  if (isArrayLiteralExpression(unwrapped(right))) return true;
  if (!(yield* hasOnlyFlags(checker, element, TypeFlags.StringLike)) || (yield* isLoopKey(checker, left))) return false;
  const asked = yield* checker.typeOf(left);
  if (yield* hasOnlyFlags(checker, asked, TypeFlags.StringLike)) return true;
  return isUncertain(asked) && !INDEX.test(left.getText()) && (yield* isListOfWords(checker, right));
}

/** What is asked for in `i in list`. */
const INDEX = /(?:^|\.)(?:[ijkn]|idx|\w*[iI]ndex|\w*[pP]os(?:ition)?|at|offset)$/;

/** A list of texts that is made in sight, whose indexes nobody asks for: `["a", "b"]`, `Object.keys(table)`. */
function* isListOfWords(checker: TypeChecker, right: Expression): Ask<boolean> {
  const local = yield* fixedLocalOf(checker, right);
  const made = unwrapped(local?.value ?? right);
  if (isArrayLiteralExpression(made))
    return made.elements.length > 0 && made.elements.every(element => typeof literalValue(element) === "string");
  return isCallExpression(made) && local === undefined && asMethodCall(made)?.object.getText() === "Object";
}

/** `for (const key in other) if (key in list)` compares the keys of two objects. */
function* isLoopKey(checker: TypeChecker, left: Expression): Ask<boolean> {
  const name = unwrapped(left);
  if (!isIdentifier(name)) return false;
  const symbol = yield* checker.symbolOf(name);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  return declaration !== undefined && isVariableDeclaration(declaration) && isForInStatement(declaration.parent.parent);
}

function* fixesFor(
  { checker, file }: Pass,
  { parent, left, right }: BinaryExpression,
  element: Type,
): Ask<readonly ReportedFix[]> {
  const node = left.parent;
  // In a file that is checked, `includes` takes nothing but what may be an element.
  if (file.isChecked && !(yield* checker.isAssignable(yield* checker.typeOf(left), element))) return [];
  const list = right.getText(file.sourceFile);
  const text = `${list}.includes(${left.getText(file.sourceFile)})`;
  const isBracketed =
    parent.kind === SyntaxKind.ParenthesizedExpression && parent.parent.kind === SyntaxKind.PrefixUnaryExpression;
  return [{ title: "Ask `includes`", safety: "suggested", edits: [{ at: isBracketed ? parent : node, text }] }];
}
