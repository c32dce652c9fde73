/** Which function's graph a place in the code belongs to. */
import {
  isClassLikeDeclaration,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isFunctionLikeDeclaration,
  isPropertyDeclaration,
  isSourceFile,
  ModifierFlags,
  type ClassLikeDeclaration,
  type Node,
  type PropertyDeclaration,
} from "@review/program/syntax";
import type { FlowRoot } from "./graph.ts";

/** Whether a node may have a graph: a function with a body, a class without a constructor, a static block, a file. */
export function isFlowRoot(node: Node): node is FlowRoot {
  if (isFunctionLikeDeclaration(node)) return node.body !== undefined;
  if (isClassLikeDeclaration(node)) return constructorOf(node) === undefined;
  return isClassStaticBlockDeclaration(node) || isSourceFile(node);
}

/**
 * The root whose graph evaluates a node. Static blocks and the values of static fields run where their class stands;
 * those of other fields run in the constructor; parameters' defaults belong to their function, computed keys and
 * decorators to the code around the class.
 */
export function flowRootOf(node: Node): FlowRoot {
  let at = node;
  while (!isSourceFile(at)) {
    const { parent } = at;
    if (isFunctionLikeDeclaration(parent) && runsInside(at, parent) && parent.body !== undefined) return parent;
    if (isPropertyDeclaration(parent) && parent.initializer === at && !isStatic(parent)) return fieldsRoot(parent);
    at = parent;
  }
  return at;
}

/** A class's constructor with a body; overloads have none. */
export function constructorOf(node: ClassLikeDeclaration): FlowRoot | undefined {
  return node.members.find(member => isConstructorDeclaration(member) && member.body) as FlowRoot | undefined;
}

/** Whether a class member is static. */
export function isStatic(node: Node): boolean {
  return (((node as Node & { modifierFlags?: ModifierFlags }).modifierFlags ?? 0) & ModifierFlags.Static) !== 0;
}

/** A function's name, computed or not, and its decorators are evaluated by the code around it. */
function runsInside(child: Node, fn: Node): boolean {
  const { name, modifiers } = fn as Node & { name?: Node; modifiers?: readonly Node[] };
  return child !== name && !modifiers?.includes(child);
}

function fieldsRoot(field: PropertyDeclaration): FlowRoot {
  const owner = field.parent as ClassLikeDeclaration;
  return constructorOf(owner) ?? owner;
}
