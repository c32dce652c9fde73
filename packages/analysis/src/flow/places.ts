/** Stable places: what `this.items`, a variable or one entry of a table stands for, whatever name it goes by. */
import {
  isArrowFunction,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { nodesOf } from "../walk.ts";
import type { FlowRoot, Step } from "./graph.ts";
import { flowRootOf, isStatic } from "./roots.ts";
import type { Scopes, Variable } from "./scope.ts";
import { isTarget } from "./uses.ts";

/** A variable, a member of one, or a member of `this`. */
export interface StablePlace {
  readonly root: Variable | "this";
  /** The names of the members on the way, from the root. */
  readonly path: readonly string[];
  /** The same for every expression that means the same place; only within one file. */
  readonly key: string;
}

/** The longest chain of constants that is followed from one name to the place it stands for. */
const LONGEST_CHAIN = 4;

/**
 * The place that an expression means. A constant that was given a place is that place (`const list = this.items`),
 * unless something in its function puts another object there. Undefined for calls, globals and computed members whose
 * key may change.
 */
export function stablePlaceOf(scopes: Scopes, expression: Node, depth = 0): StablePlace | undefined {
  const node = unwrapped(expression);
  if (node.kind === SyntaxKind.ThisKeyword) return { root: "this", path: [], key: `this@${thisOwnerOf(node).pos}` };
  if (isIdentifier(node)) {
    const variable = scopes.variableOf(node);
    return variable && !variable.isExposed ? placeOfVariable(scopes, variable, depth) : undefined;
  }
  const member = memberOf(scopes, node);
  const owner = member && stablePlaceOf(scopes, member.object, depth);
  return owner && memberAt(owner, member.name);
}

function memberAt(owner: StablePlace, name: string): StablePlace {
  return { root: owner.root, path: [...owner.path, name], key: `${owner.key}.${name}` };
}

function memberOf(scopes: Scopes, node: Node): { readonly object: Node; readonly name: string } | undefined {
  if (isPropertyAccessExpression(node)) return { object: node.expression, name: node.name.text };
  if (!isElementAccessExpression(node)) return undefined;
  const key = unwrapped(node.argumentExpression);
  if (isStringLiteralLikeNode(key) || key.kind === SyntaxKind.NumericLiteral) {
    return { object: node.expression, name: (key as Node & { readonly text: string }).text };
  }
  const variable = scopes.variableOf(key);
  if (!variable || variable.isExposed || !isFixed(variable)) return undefined;
  return { object: node.expression, name: `[${variableKey(variable)}]` };
}

function placeOfVariable(scopes: Scopes, variable: Variable, depth: number): StablePlace {
  const own: StablePlace = { root: variable, path: [], key: variableKey(variable) };
  const [name] = variable.declarations;
  const declaration = name?.parent;
  if (!name || !declaration || !isVariableDeclaration(declaration) || declaration.name !== name) return own;
  if (depth >= LONGEST_CHAIN || !declaration.initializer || !isFixed(variable)) return own;
  const meant = stablePlaceOf(scopes, declaration.initializer, depth + 1);
  if (!meant) return own;
  return meant.path.length > 0 && isReplacedIn(scopes, variable.root, meant) ? own : meant;
}

function variableKey({ name, declarations }: Variable): string {
  return `${name}@${declarations[0]?.pos ?? 0}`;
}

/** Whether a variable has one value as long as it lives. */
function isFixed({ declarations, references }: Variable): boolean {
  return declarations.length === 1 && !references.some(({ isWritten }) => isWritten);
}

/** Whether code below a node puts another value into a place, or into one that leads there. */
export function isReplacedIn(scopes: Scopes, root: Node, place: StablePlace): boolean {
  for (const node of nodesOf(root)) {
    if (!isIdentifier(node) && !isPropertyAccessExpression(node) && !isElementAccessExpression(node)) continue;
    // A constant's own alias would ask for itself again: only places that are written out count.
    const written = isTarget(node) ? stablePlaceOf(scopes, node, LONGEST_CHAIN) : undefined;
    if (written && leadsTo(written, place)) return true;
  }
  return false;
}

/** Whether a place is another one or holds it: what `a.b` leads to is `a.b` and `a.b.c`. */
export function leadsTo(place: StablePlace, other: StablePlace): boolean {
  return other.key === place.key || other.key.startsWith(`${place.key}.`);
}

/** Whether two expressions mean the same place for certain. */
export function isSamePlace(scopes: Scopes, one: Node, other: Node): boolean {
  const place = stablePlaceOf(scopes, one);
  return place !== undefined && place.key === stablePlaceOf(scopes, other)?.key;
}

/** Whether a step puts another value into a place, or into one that leads there. */
export function replaces(scopes: Scopes, { kind, node }: Step, place: StablePlace): boolean {
  if (kind !== "set" && kind !== "write" && kind !== "delete" && kind !== "bind") return false;
  const target = kind === "delete" && "expression" in node ? (node.expression as Node) : node;
  const written = stablePlaceOf(scopes, target, LONGEST_CHAIN);
  return written !== undefined && leadsTo(written, place);
}

/** Whether code outside of a function may change what is at a place: it belongs to `this`, a module or another function. */
export function isShared({ root, path }: StablePlace, within: FlowRoot): boolean {
  if (root === "this") return path.length > 0;
  return root.root !== within;
}

/** The function, class or file whose `this` a node means. */
export function thisOwnerOf(node: Node): Node {
  let at = node;
  for (;;) {
    const root = flowRootOf(at);
    if (isSourceFile(root)) return fieldOwner(at, root);
    if (!isArrowFunction(root)) return isClassLikeDeclaration(root) ? root : fieldOwner(at, root);
    at = root;
  }
}

/** A static block or field has the class for its `this`, though it runs in the code around the class. */
function fieldOwner(node: Node, root: Node): Node {
  for (let at = node; at !== root && !isSourceFile(at); at = at.parent) {
    if (at.kind === SyntaxKind.ClassStaticBlockDeclaration) return at;
    if (at.kind === SyntaxKind.PropertyDeclaration && isStatic(at)) return at.parent;
  }
  return root;
}
