/** Methods that hand on to a method of their own name, and the one among them that calls its sibling's. */
import { nodesOf, wordsOf } from "@review/analysis";
import {
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  type MethodDeclaration,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export interface Stray {
  readonly method: string;
  /** The call's `object.sibling`. */
  readonly access: PropertyAccessExpression;
  /** Calls of the siblings to the method of their own name. */
  readonly others: readonly PropertyAccessExpression[];
}

const FEWEST_OTHERS = 2;

/** The methods of a class or an object that call the member which a sibling is named after, and not their own. */
export function straysIn(owner: Node): readonly Stray[] {
  const methods = methodsOf(owner);
  if (methods.length <= FEWEST_OTHERS) return [];
  const calls = new Map(methods.map(method => [nameOf(method), callsIn(method)] as const));
  return methods.flatMap(declared => {
    const method = nameOf(declared);
    const own = calls.get(method) ?? [];
    const [access] = own;
    if (!access || own.some(({ name }) => name.text === method)) return [];
    const receiver = textOf(access);
    const called = access.name.text;
    if (countOf(access) > declared.parameters.length) return [];
    if (called === method || !calls.has(called) || !isOneWordOff(method, called)) return [];
    if (own.filter(each => textOf(each) === receiver).length > 1) return [];
    const others = [...calls].flatMap(([name, theirs]) =>
      theirs.filter(each => each.name.text === name && textOf(each) === receiver).slice(0, 1),
    );
    const sibling = others.find(({ name }) => name.text === called);
    // The sibling's method with other arguments is another operation.
    return sibling && countOf(sibling) === countOf(access) && others.length >= FEWEST_OTHERS
      ? [{ method, access, others }]
      : [];
  });
}

function methodsOf(owner: Node): readonly MethodDeclaration[] {
  if (isClassLikeDeclaration(owner)) return owner.members.filter(isNamedMethod);
  return isObjectLiteralExpression(owner) ? owner.properties.filter(isNamedMethod) : [];
}

function isNamedMethod(node: Node): node is MethodDeclaration {
  return isMethodDeclaration(node) && isIdentifier(node.name) && node.body !== undefined;
}

function nameOf({ name }: MethodDeclaration): string {
  return isIdentifier(name) ? name.text : "";
}

/** The members that a method calls on something longer than `this`. */
function callsIn(method: MethodDeclaration): readonly PropertyAccessExpression[] {
  const found: PropertyAccessExpression[] = [];
  for (const node of nodesOf(method.body ?? method)) {
    if (isFunctionLikeDeclaration(node)) return [];
    if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) continue;
    if (isPropertyAccessExpression(node.expression.expression)) found.push(node.expression);
  }
  return found;
}

function countOf({ parent }: PropertyAccessExpression): number {
  return isCallExpression(parent) ? parent.arguments.length : 0;
}

function textOf({ expression }: PropertyAccessExpression): string {
  return expression.getText().replace(/[\s?!]+/g, "");
}

function isOneWordOff(one: string, other: string): boolean {
  const ours = wordsOf(one);
  const theirs = wordsOf(other);
  if (ours.length !== theirs.length || ours.length < 2) return false;
  return ours.filter((word, index) => word !== theirs[index]).length === 1;
}
