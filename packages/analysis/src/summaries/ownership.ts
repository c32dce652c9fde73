/** Whose object an expression is: only the function's own, which nobody sees changing, or somebody else's. */
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isClassLikeDeclaration,
  isConstructorDeclaration,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { FlowRoot } from "../flow/graph.ts";
import { flowRootOf } from "../flow/roots.ts";
import type { Variable } from "../flow/scope.ts";
import { isTarget } from "../flow/uses.ts";
import { asMethodCall } from "../helpers/names.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { parameterOf } from "./callee.ts";
import { type Gathering } from "./gathering.ts";
import { RECEIVER, type FunctionKey } from "./record.ts";

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
  const whole = unwrapped(expression);
  const at = rootOf(whole);
  if (depth > LONGEST_CHAIN) return NOBODY_KNOWS;
  const owner = ownerOfWhole(g, at, depth);
  if (at === whole || isMadeIn(g, at, whole)) return owner;
  return partOf(owner);
}

/** What an object of one's own holds may still be somebody else's. */
function partOf(owner: Owner): Owner {
  return owner.kind === "own" || owner.kind === "local" ? NOBODY_KNOWS : owner;
}

function ownerOfWhole(g: Gathering, at: Node, depth: number): Owner {
  if (at.kind === SyntaxKind.ThisKeyword || at.kind === SyntaxKind.SuperKeyword) return ownerOfThis(g);
  if (isIdentifier(at)) return ownerOfName(g, at, depth);
  return isMadeHere(at) ? OWN_OBJECT : NOBODY_KNOWS;
}

/** `o.list` where `o` was made as `{ list: [] }`, and nothing else is ever put there. */
function isMadeIn(g: Gathering, name: Node, whole: Node): boolean {
  const declared = g.scopes.variableOf(name)?.declarations[0]?.parent;
  if (!isPropertyAccessExpression(whole) || unwrapped(whole.expression) !== name) return false;
  if (!declared || !isVariableDeclaration(declared) || !declared.initializer) return false;
  const made = unwrapped(declared.initializer);
  const { text } = whole.name;
  if (!isObjectLiteralExpression(made) || isAssignedIn(g, text)) return false;
  return made.properties.some(
    each => isPropertyAssignment(each) && textOf(each.name) === text && isMadeHere(unwrapped(each.initializer)),
  );
}

function isAssignedIn(g: Gathering, member: string): boolean {
  return g.nodes.some(node => isPropertyAccessExpression(node) && node.name.text === member && isTarget(node));
}

function textOf(name: Node): string | undefined {
  return isIdentifier(name) ? name.text : undefined;
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

/** A constructor's `this` is the new object, an arrow function's belongs to the code around it. */
function ownerOfThis(g: Gathering): Owner {
  const owner = thisOwner(g.fn);
  if (owner !== g.fn) return isConstructing(owner) ? { kind: "local", of: g.keyOf(owner) } : SOMEBODY_S;
  return isConstructing(owner) ? OWN_OBJECT : { kind: "parameter", parameter: RECEIVER };
}

const SOMEBODY_S: Owner = { kind: "others", who: "`this`" };

function thisOwner(fn: FlowRoot): FlowRoot {
  let at: FlowRoot = fn;
  while (isArrowFunction(at)) at = flowRootOf(at.parent);
  return at;
}

function isConstructing(fn: FlowRoot): boolean {
  return isConstructorDeclaration(fn) || isClassLikeDeclaration(fn);
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
  if (isForOfStatement(loop) && loop.initializer === parent.parent) {
    return partOf(ownerOf(g, loop.expression, depth + 1));
  }
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
