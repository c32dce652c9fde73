/** Whose object an expression is: only the function's own, which nobody sees changing, or somebody else's. */
import {
  isArrayLiteralExpression,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { Variable } from "../flow/scope.ts";
import { asMethodCall } from "../helpers/names.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { parameterOf } from "./callee.ts";
import { type Gathering } from "./gathering.ts";
import type { FunctionKey } from "./record.ts";

/**
 * `own`: made in this function. `parameter`: passed to it. `local`: made in a function around it. `others`: known to
 * be seen elsewhere, and why.
 */
export type Owner =
  | { readonly kind: "own" | "unknown" }
  | { readonly kind: "parameter"; readonly parameter: number }
  | { readonly kind: "local"; readonly of: FunctionKey }
  | { readonly kind: "others"; readonly who: string };

const OWN_OBJECT: Owner = { kind: "own" };
const NOBODY_KNOWS: Owner = { kind: "unknown" };

/** The longest way from a name to the object that it stands for. */
const LONGEST_CHAIN = 6;

/** Whose object, or part of an object, an expression is. */
export function ownerOf(g: Gathering, expression: Node, depth = 0): Owner {
  const at = rootOf(expression);
  if (depth > LONGEST_CHAIN) return NOBODY_KNOWS;
  if (at.kind === SyntaxKind.ThisKeyword || at.kind === SyntaxKind.SuperKeyword) return ownerOfThis(g);
  if (isIdentifier(at)) return ownerOfName(g, at, depth);
  return isMadeHere(at) ? OWN_OBJECT : NOBODY_KNOWS;
}

/** Whether an argument is an object that nobody but this function has. */
export function isOwnObject(g: Gathering, argument: Node): boolean {
  return ownerOf(g, argument).kind === "own";
}

/** Whose variable a name is, when the variable itself is written. */
export function ownerOfVariable(g: Gathering, name: Node): Owner {
  const variable = g.scopes.variableOf(name);
  if (!variable) return { kind: "others", who: "a global" };
  if (variable.root === g.fn) return OWN_OBJECT;
  if (variable.root.kind === SyntaxKind.SourceFile) return { kind: "others", who: "a variable of the module" };
  return { kind: "local", of: g.keyOf(variable.root) };
}

function rootOf(expression: Node): Node {
  let at = unwrapped(expression);
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at)) at = unwrapped(at.expression);
  return at;
}

/** A constructor's `this` is the new object. */
function ownerOfThis({ fn }: Gathering): Owner {
  const isNew = fn.kind === SyntaxKind.Constructor || fn.kind === SyntaxKind.ClassDeclaration;
  return isNew ? OWN_OBJECT : { kind: "others", who: "`this`" };
}

function ownerOfName(g: Gathering, name: Node, depth: number): Owner {
  const parameter = parameterOf(name, g.fn);
  if (parameter !== undefined) return { kind: "parameter", parameter };
  const variable = g.scopes.variableOf(name);
  if (!variable) return { kind: "others", who: "a global" };
  if (variable.root.kind === SyntaxKind.SourceFile) return { kind: "others", who: "a variable of the module" };
  if (variable.kind === "parameter" || variable.kind === "catch") return NOBODY_KNOWS;
  const value = ownerOfValues(g, variable, depth);
  if (variable.root === g.fn || value.kind !== "own") return value;
  return { kind: "local", of: g.keyOf(variable.root) };
}

/** A variable that gets values only where it is declared, and is made there. */
function ownerOfValues(g: Gathering, variable: Variable, depth: number): Owner {
  const [name] = variable.declarations;
  if (!name || variable.declarations.length > 1) return NOBODY_KNOWS;
  const { parent } = name;
  if (!isVariableDeclaration(parent) || parent.name !== name) return NOBODY_KNOWS;
  const loop = parent.parent.parent;
  if (isForOfStatement(loop) && loop.initializer === parent.parent) return ownerOf(g, loop.expression, depth + 1);
  if (variable.references.some(({ isWritten }) => isWritten)) return NOBODY_KNOWS;
  return parent.initializer ? ownerOf(g, parent.initializer, depth + 1) : NOBODY_KNOWS;
}

/** Methods of builtins whose results nobody else has, by names that mean nothing else. */
const MAKERS: ReadonlySet<string> = new Set(
  "map filter slice concat flat flatMap split toSorted toReversed toSpliced keys values entries fromEntries".split(" "),
);

function isMadeHere(node: Node): boolean {
  if (isObjectLiteralExpression(node) || isArrayLiteralExpression(node) || isNewExpression(node)) return true;
  if (!isCallExpression(node)) return false;
  const method = asMethodCall(node);
  return method !== undefined && MAKERS.has(method.name);
}
