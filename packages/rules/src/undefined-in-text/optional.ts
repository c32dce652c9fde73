/** Parameters and members that may be left out by their own `?`, and that no test has narrowed before the text. */
import { isSameReference, type Ask, type Pass } from "@review/analysis";
import type { Symbol } from "@review/program";
import {
  isBindingElement,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertySignatureDeclaration,
  isTemplateExpression,
  type BindingElement,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { withoutBrackets, wordOf, type Missing } from "./missing.ts";

/** What says that callers may leave a value out; undefined where it is declared elsewhere, or with a default. */
export function* optionalIn(pass: Pass, value: Expression): Ask<Missing | undefined> {
  const { checker, file } = pass;
  const bare = withoutBrackets(value);
  if (!file.isChecked || !file.strictNullChecks) return undefined;
  if (!isIdentifier(bare) && !isPropertyAccessExpression(bare)) return undefined;
  const word = wordOf(yield* checker.partsOf(yield* checker.typeOf(bare)));
  if (word !== "undefined") return undefined;
  const symbol = yield* checker.symbolOf(isIdentifier(bare) ? bare : bare.name);
  const declared = symbol && (yield* declarationIn(pass, symbol));
  const at = declared && isBindingElement(declared) ? yield* boundMember(pass, declared) : declared;
  return at && isOptional(at) ? { word, at, because: "It may be left out here." } : undefined;
}

/** `${user.first} ${user.middle} ${user.last}`: of what one object has, the text treats the optional like the required. */
export function* optionalBesideRequired(pass: Pass, whole: Node, value: Expression): Ask<Missing | undefined> {
  const bare = withoutBrackets(value);
  if (!isTemplateExpression(whole) || !isPropertyAccessExpression(bare)) return undefined;
  const siblings = whole.templateSpans
    .map(({ expression }) => expression)
    .filter(isPropertyAccessExpression)
    .filter(each => each.name.text !== bare.name.text && isSameReference(each.expression, bare.expression));
  if (siblings.length === 0) return undefined;
  const missing = yield* optionalIn(pass, value);
  for (const sibling of missing ? siblings : []) {
    const word = wordOf(yield* pass.checker.partsOf(yield* pass.checker.typeOf(sibling)));
    if (word !== "present") return undefined;
  }
  return missing;
}

/** Where the project's own code declares a name; a library's types leave out what is always there. */
function* declarationIn({ checker }: Pass, symbol: Symbol): Ask<Node | undefined> {
  const [only, more] = symbol.declarations;
  if (!only || more || /\.d\.[cm]?ts$/.test(only.path)) return undefined;
  return yield* checker.declarationOf(symbol);
}

/** `{ size }: { size?: number }` of a parameter. */
function* boundMember(pass: Pass, element: BindingElement): Ask<Node | undefined> {
  const key = element.propertyName ?? element.name;
  const owner = element.parent.parent;
  if (!key || !isIdentifier(key) || element.initializer || !isParameterDeclaration(owner)) return undefined;
  const member = yield* pass.checker.propertyOf(yield* pass.checker.typeOf(element.parent), key.text);
  return member && (yield* declarationIn(pass, member));
}

function isOptional(declaration: Node): boolean {
  if (isParameterDeclaration(declaration)) {
    return declaration.questionToken !== undefined || /\|\s*undefined$/.test(declaration.type?.getText() ?? "");
  }
  return isPropertySignatureDeclaration(declaration) && declaration.postfixToken !== undefined;
}
