/** Errors that are made with a place for a cause, and get none. */
import { isGlobal, memberName, unwrapped, type Ask, type Pass } from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  SyntaxKind,
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
  if (options && !(isObjectLiteralExpression(options) && options.properties.every(isLost))) return false;
  return (yield* pass.checker.resolveName("ErrorOptions", SymbolFlags.Interface, made)) !== undefined;
}

/** `cause: undefined`, `cause: error.message`: a place for the cause, and no error in it. */
function isLost(property: Node): boolean {
  if (!isPropertyAssignment(property) || property.name.getText() !== "cause") return false;
  const value = unwrapped(property.initializer);
  if (value.kind === SyntaxKind.NullKeyword || value.kind === SyntaxKind.VoidExpression) return true;
  if (isIdentifier(value)) return value.text === "undefined";
  if (memberName(value) !== undefined) return memberName(value) === "message";
  return isCallExpression(value) && value.expression.getText() === "String";
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
