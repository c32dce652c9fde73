/** What a `then` is: one that takes callbacks, or something else of that name. */
import { isUncertain, mentions, unwrapped, type Ask, type TypeChecker } from "@review/analysis";
import { TypeFlags, type Symbol, type Type } from "@review/program";
import {
  isBlock,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAssignment,
  isPropertyDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/** Whether a function, given as its declaration or as a value, does nothing with a first parameter, or has none. */
export function ignoresCallbacks(node: Node): boolean {
  const fn = unwrapped(node);
  if (!isFunctionLikeDeclaration(fn) || !fn.body || mentions(fn.body, "arguments")) return false;
  // `await` makes a rejection of what it throws: such a method is a warning, and keeps nobody waiting.
  if (isBlock(fn.body) && fn.body.statements.at(-1)?.kind === SyntaxKind.ThrowStatement) return false;
  const [first] = fn.parameters;
  if (!first) return true;
  return isIdentifier(first.name) && !first.dotDotDotToken && !mentions(fn.body, first.name.text);
}

/** Whether a member stands in a class, where its declaration is reported. */
export function isInClass(member: Node): boolean {
  return isClassLikeDeclaration(member.parent);
}

/** The `then` of a type, where it can be called and takes no callbacks; not the method of a class that is known. */
export function* strangeThen(checker: TypeChecker, type: Type): Ask<Symbol | undefined> {
  if (type.flags & TypeFlags.Primitive) return undefined;
  const then = yield* checker.propertyOf(type, "then");
  if (!then) return undefined;
  const thenType = yield* checker.typeOfSymbol(then);
  if (isUncertain(thenType) || (yield* checker.callSignaturesOf(thenType)).length === 0) return undefined;
  const declarations = yield* checker.declarationsOf(then);
  if (declarations.length === 0 || !declarations.every(isStrange)) return undefined;
  return declarations.some(isReportedItself) ? undefined : then;
}

/** Code says what it does with its parameter; a type without code is strange only where there is no parameter. */
function isStrange(declaration: Node): boolean {
  if (isFunctionLikeDeclaration(declaration) && declaration.body) return ignoresCallbacks(declaration);
  if (isPropertyAssignment(declaration) || isPropertyDeclaration(declaration)) {
    const { initializer } = declaration;
    if (initializer && isFunctionLikeDeclaration(unwrapped(initializer))) return ignoresCallbacks(initializer);
  }
  const { parameters } = declaration as Node & { parameters?: readonly Node[] };
  return parameters?.length === 0;
}

function isReportedItself(declaration: Node): boolean {
  return isInClass(declaration) && isFunctionLikeDeclaration(declaration) && declaration.body !== undefined;
}
