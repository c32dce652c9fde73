/** Errors that are made with a place for a cause, and get none. */
import { isGlobal, unwrapped, type Ask, type Pass } from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  type CallExpression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

export type Made = NewExpression | CallExpression;

/** What is made by a call, with or without `new`. */
export function isMade(node: Node): node is Made {
  return isNewExpression(node) || isCallExpression(node);
}

/** Whether the error that is made here could keep a cause, by the library of the project; an own class may be for people to read. */
export function* knowsCause(pass: Pass, made: Made): Ask<boolean> {
  if (!(yield* isBuiltinError(pass, made))) return false;
  const [, options] = made.arguments ?? [];
  if (options && !(isObjectLiteralExpression(options) && options.properties.length === 0)) return false;
  return (yield* pass.checker.resolveName("ErrorOptions", SymbolFlags.Interface, made)) !== undefined;
}

function* isBuiltinError({ checker }: Pass, { expression }: Made): Ask<boolean> {
  const callee = unwrapped(expression);
  if (!isIdentifier(callee) || !ERRORS.has(callee.text)) return false;
  return yield* isGlobal(checker, callee, callee.text);
}

const ERRORS: ReadonlySet<string> = new Set([
  "Error",
  "TypeError",
  "RangeError",
  "SyntaxError",
  "ReferenceError",
  "URIError",
]);
