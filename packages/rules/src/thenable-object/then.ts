/** What a `then` is: one that takes callbacks, or something else of that name. */
import {
  enclosingFunction,
  isAsync,
  isUncertain,
  mentions,
  nodesOf,
  unwrapped,
  wrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Symbol, type Type } from "@review/program";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isTemplateSpan,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
  type ObjectLiteralExpression,
  type ParameterDeclaration,
} from "@review/program/syntax";

/** Whether a function, given as its declaration or as a value, does nothing with callbacks, or takes none. */
export function ignoresCallbacks(node: Node): boolean {
  const fn = unwrapped(node);
  if (!isFunctionLikeDeclaration(fn) || !fn.body || mentions(fn.body, "arguments")) return false;
  // `await` makes a rejection of what it throws: such a method is a warning, and keeps nobody waiting.
  if (isBlock(fn.body) && fn.body.statements.at(-1)?.kind === SyntaxKind.ThrowStatement) return false;
  // The second one is called on a rejection, which may be all that this `then` is for.
  const { body } = fn;
  return fn.parameters.slice(0, 2).every(parameter => isNoCallback(parameter, body));
}

function isNoCallback({ name, type, dotDotDotToken }: ParameterDeclaration, body: Node): boolean {
  if (!isIdentifier(name) || dotDotDotToken) return false;
  return DATA.has(type?.kind ?? SyntaxKind.Unknown) || isOnlyRead(body, name.text);
}

/** Types that no callback has. */
const DATA: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.BooleanKeyword,
]);

/** Whether a parameter is data wherever it stands: neither called, nor passed on, kept or asked what it is. */
function isOnlyRead(body: Node, name: string): boolean {
  for (const node of nodesOf(body)) {
    if (isIdentifier(node) && node.text === name && !isReadAsData(node)) return false;
  }
  return true;
}

function isReadAsData(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent)) {
    return parent.expression !== outer || !CALLS.has(parent.name.text);
  }
  return isBinaryExpression(parent) ? ARITHMETIC.has(parent.operatorToken.kind) : isTemplateSpan(parent);
}

const CALLS: ReadonlySet<string> = new Set(["call", "apply", "bind"]);

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
]);

/**
 * Whether an object literal may meet an `await`. As an argument it is what the callee asks for, as a condition of a
 * validation library is; a type that is written beside it knows of its `then`, and so does a name that says so. Where an async function returns it,
 * that is the place to report.
 */
export function isLeftOpen(literal: ObjectLiteralExpression): boolean {
  if (literal.properties.some(each => CONDITION.test((each as { name?: Node }).name?.getText() ?? ""))) return false;
  let at: Node = wrapped(literal);
  while (isObjectLiteralExpression(at.parent) || isArrayLiteralExpression(at.parent) || isPropertyAssignment(at.parent))
    at = wrapped(at.parent);
  const { parent } = at;
  if (isVariableDeclaration(parent)) return !parent.type && !THENABLE.test(parent.name.getText());
  if (isReturnStatement(parent) || isArrowFunction(parent)) {
    const owner = isArrowFunction(parent) ? parent : enclosingFunction(parent);
    return owner !== undefined && !owner.type && !isAsync(owner);
  }
  return parent.kind === SyntaxKind.ExportAssignment;
}

/** What stands beside the `then` of a validation library's condition. */
const CONDITION = /^(?:is|otherwise|when[A-Z]\w*)$/;
const THENABLE = /thenable|promise|deferred|mock|stub|fake/i;

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
  if (isObjectLiteralExpression(declaration.parent)) return isLeftOpen(declaration.parent);
  if (!isInClass(declaration)) return false;
  if (isPropertyDeclaration(declaration)) return declaration.initializer !== undefined;
  return isFunctionLikeDeclaration(declaration) && declaration.body !== undefined;
}
