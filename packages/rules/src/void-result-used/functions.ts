/** Functions that return nothing, for certain: by their code, or as builtins. */
import {
  asMethodCall,
  isAsync,
  isBuiltin,
  isUncertain,
  nodesOf,
  returnedBy,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags, type Symbol } from "@review/program";
import {
  isArrowFunction,
  isBlock,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

export interface Maker {
  readonly at: Node;
  readonly message: string;
}

/**
 * What shows that a call gives nothing. A type alone does not: a callback of type `() => void` may return anything.
 */
export function* makerOf(pass: Pass, call: CallExpression): Ask<Maker | undefined> {
  const { checker } = pass;
  const type = yield* checker.typeOf(call);
  if (pass.file.isJavaScript && isUncertain(type) && isRoundOverList(call)) {
    return { at: call.expression, message: "A round over all elements is made for its effect." };
  }
  return type.flags & TypeFlags.Void ? yield* effectOf(pass, call) : undefined;
}

function* effectOf(pass: Pass, call: CallExpression): Ask<Maker | undefined> {
  const { checker } = pass;
  const callee = unwrapped(call.expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  const symbol = yield* checker.symbolOf(name);
  if (!symbol) return undefined;
  if (isBuiltin(yield* checker.targetOf(symbol))) {
    return isPropertyAccessExpression(callee) && !OPEN.has(callee.name.text)
      ? { at: call.expression, message: "This builtin is called for its effect." }
      : undefined;
  }
  if (yield* isDeclaredSo(pass, symbol)) return { at: call.expression, message: "This is declared to return nothing." };
  const found = yield* pass.summaries.calleeOf(call);
  if (found.kind !== "function" || found.overridden !== undefined || !isFunctionLikeDeclaration(found.fn))
    return undefined;
  return givesNothing(found.fn) ? { at: found.fn, message: "This function returns no value." } : undefined;
}

/** `names.forEach(name => …)`: lists, maps and sets have it so; wrappers and libraries give the list on. */
function isRoundOverList(call: CallExpression): boolean {
  const method = asMethodCall(call);
  const [fn, more] = call.arguments;
  if (method?.name !== "forEach" || !fn || more || !isFunctionLikeDeclaration(fn)) return false;
  const object = unwrapped(method.object);
  const isPlain = isIdentifier(object) || isPropertyAccessExpression(object);
  return isPlain && !/^(?:_|\$|R|lodash|angular|async|underscore|ramda)$/.test(object.getText());
}

/** `declare function save(text: string): void` in this file: no callback, whose type says only that nobody needs more. */
function* isDeclaredSo({ checker, file }: Pass, symbol: Symbol): Ask<boolean> {
  const declaration = yield* checker.declarationOf(symbol);
  if (!declaration || declaration.getSourceFile() !== file.sourceFile || !isFunctionDeclaration(declaration))
    return false;
  return symbol.declarations.length === 1 && !declaration.body && declaration.type?.kind === SyntaxKind.VoidKeyword;
}

/** Builtins that call back, or that an heir or a script defines. */
const OPEN: ReadonlySet<string> = new Set(["call", "apply", "resolve", "reject", "next", "callback", "fail", "skip"]);

/** Code that does something and returns no value; an empty one may be a stand-in for another. */
function givesNothing(fn: FunctionLikeDeclaration): boolean {
  const { body } = fn;
  if (!body || !isBlock(body) || body.statements.length === 0 || isAsync(fn) || fn.asteriskToken) return false;
  if (fn.kind === SyntaxKind.Constructor || fn.kind === SyntaxKind.SetAccessor) return false;
  if (isArrowFunction(fn) && fn.type) return false;
  if (returnedBy(fn).length > 0) return false;
  return ![...nodesOf(body)].every(node => node.kind === SyntaxKind.ThrowStatement) && !onlyThrows(fn);
}

function onlyThrows({ body }: FunctionLikeDeclaration): boolean {
  return body !== undefined && isBlock(body) && body.statements.at(-1)?.kind === SyntaxKind.ThrowStatement;
}
