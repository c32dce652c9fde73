/** The project's own functions, where their code proves that they do nothing besides making a result. */
import {
  enclosingFunction,
  literalValue,
  returnedBy,
  scopesOf,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isConstructorDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  ModifierFlags,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { Loss, PlainCall } from "./rule.ts";

/** Why a call of a function of the project does nothing; undefined where it may do something. */
export function* ownLoss(pass: Pass, call: PlainCall, isWaitedFor: boolean): Ask<Loss | undefined> {
  // A test may call a function for no more than to see that it returns.
  if (pass.file.isTest) return undefined;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function") return undefined;
  const { fn, overridden } = callee;
  if (!isFunctionLikeDeclaration(fn) || !mayBeCalledForResult(fn, isWaitedFor)) return undefined;
  // What is given functions may do anything with variables around them.
  if (call.arguments?.some(each => FUNCTIONS.has(unwrapped(each).kind))) return undefined;
  if (!(yield* isWithoutEffect(pass, fn))) return undefined;
  if (overridden !== undefined && !(yield* isWithoutEffect(pass, call))) return undefined;
  return {
    because: "does nothing else",
    evidence: [{ at: nameOf(fn), message: "This only computes what it returns." }],
  };
}

function mayBeCalledForResult(fn: FunctionLikeDeclaration, isWaitedFor: boolean): boolean {
  return !isConstructorDeclaration(fn) && isAsync(fn) === isWaitedFor && !fn.asteriskToken && gives(fn);
}

const FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression]);

function* isWithoutEffect({ summaries }: Pass, subject: Node): Ask<boolean> {
  for (const fact of ["impure", "throws", "rejects"] as const) {
    if ((yield* summaries.ask(subject, fact)).verdict !== "no") return false;
  }
  return true;
}

function isAsync(fn: FunctionLikeDeclaration): boolean {
  return (fn.modifierFlags & ModifierFlags.Async) !== 0;
}

/** Whether a function computes something: one that returns nothing, a literal or `this` is a stub, or to be replaced. */
function gives(fn: FunctionLikeDeclaration): boolean {
  return returnedBy(fn).some(isComputed);
}

function isComputed(value: Expression): boolean {
  const bare = unwrapped(value);
  if (literalValue(bare) !== undefined || bare.kind === SyntaxKind.ThisKeyword) return false;
  if (isIdentifier(bare)) return isOwnVariable(bare);
  return !EMPTY.test(bare.getText());
}

function isOwnVariable(name: Identifier): boolean {
  const variable = scopesOf(name.getSourceFile()).variableOf(name);
  return variable !== undefined && variable.kind !== "parameter" && variable.root === enclosingFunction(name);
}

const EMPTY: RegExp = /^(?:\[\s*\]|\{\s*\}|\(\)\s*=>\s*(?:\{\s*\}|undefined|null)|void 0|Promise\.resolve\(\))$/;

function nameOf(fn: FunctionLikeDeclaration): Node {
  return (fn as Node & { name?: Node }).name ?? fn;
}
