/** What can come back to itself: a function, method, accessor or constructor, and the names by which it does. */
import { unwrapped, wrapped, type FlowRoot, type Scopes, type Variable } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isClassLikeDeclaration,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLikeDeclaration,
  isGetAccessorDeclaration,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isSetAccessorDeclaration,
  isVariableDeclaration,
  ModifierFlags,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/**
 * - `function`: called by the name of its variable. `method`: called on the object that it belongs to.
 * - `getter`, `setter`: by a member of that object. `constructor`: by `new` of its class.
 */
export interface Subject {
  readonly kind: "function" | "method" | "getter" | "setter" | "constructor";
  readonly root: FlowRoot;
  /** For messages: the name in backticks. */
  readonly label: string;
  readonly name: Node | undefined;
  /** Of a member: its name, `toString` or `[Symbol.iterator]`. */
  readonly member: string | undefined;
  /** Of a member: the class or object literal; of a constructor: the class. */
  readonly owner: Node | undefined;
  readonly isStatic: boolean;
  /** Of a function: what it is called by; of a member or constructor: what its owner is called by. */
  readonly variable: Variable | undefined;
}

/** What a root is as a subject; undefined for generators, decorated members, and what nothing names. */
export function subjectOf(scopes: Scopes, root: FlowRoot): Subject | undefined {
  if (isClassLikeDeclaration(root)) return constructed(scopes, root, root);
  if (!isFunctionLikeDeclaration(root) || isGenerator(root) || isDecorated(root)) return undefined;
  if (isConstructorDeclaration(root)) return constructed(scopes, root, root.parent);
  const member = memberOf(root);
  return member ? ofMember(scopes, root, member) : ofFunction(scopes, root);
}

function isGenerator(root: Node): boolean {
  return (root as Node & { asteriskToken?: Node }).asteriskToken !== undefined;
}

function isDecorated(root: Node): boolean {
  const { modifiers } = root as Node & { modifiers?: readonly Node[] };
  return modifiers?.some(({ kind }) => kind === SyntaxKind.Decorator) ?? false;
}

function constructed(scopes: Scopes, root: FlowRoot, owner: Node): Subject | undefined {
  const { name } = owner as Node & { name?: Node };
  if (!name || !isIdentifier(name)) return undefined;
  const variable = fixed(scopes.variableOf(name));
  const label = `the constructor of \`${name.text}\``;
  return (
    variable && { ...{ kind: "constructor", root, label, name, owner, variable }, member: undefined, isStatic: false }
  );
}

function ofFunction(scopes: Scopes, root: FlowRoot): Subject | undefined {
  const name = nameOfFunction(root);
  const variable = name && isIdentifier(name) ? fixed(scopes.variableOf(name)) : undefined;
  if (!variable) return undefined;
  const label = `\`${variable.name}\``;
  return { ...{ kind: "function", root, label, name, variable }, member: undefined, owner: undefined, isStatic: false };
}

/** A variable that never holds anything else; overloads declare it several times. */
function fixed(variable: Variable | undefined): Variable | undefined {
  if (!variable || variable.isExposed || variable.references.some(({ isWritten }) => isWritten)) return undefined;
  const bodies = variable.declarations.filter(name => !isOverload(name.parent));
  return bodies.length === 1 ? variable : undefined;
}

function isOverload(node: Node): boolean {
  return isFunctionDeclaration(node) && node.body === undefined;
}

/** The own name of a function, or that of the variable it is given to, through `memo(…)` and its like. */
function nameOfFunction(root: FlowRoot): Node | undefined {
  if (isFunctionDeclaration(root)) return root.name;
  if (isFunctionExpression(root) && root.name) return root.name;
  let { parent } = wrapped(root);
  if (isCallExpression(parent) && WRAPPERS.test(parent.expression.getText())) ({ parent } = wrapped(parent));
  if (!isVariableDeclaration(parent)) return undefined;
  const isConst = parent.initializer !== undefined && (isArrowFunction(root) || isFunctionExpression(root));
  return isConst ? parent.name : undefined;
}

/** What hands a component on under the same name. */
const WRAPPERS: RegExp = /^(?:React\.)?(?:memo|forwardRef|observer)$/;

interface Member {
  readonly node: Node;
  readonly kind: "method" | "getter" | "setter";
}

function memberOf(root: FlowRoot): Member | undefined {
  if (root.kind === SyntaxKind.MethodDeclaration) return { node: root, kind: "method" };
  if (isGetAccessorDeclaration(root)) return { node: root, kind: "getter" };
  if (isSetAccessorDeclaration(root)) return { node: root, kind: "setter" };
  const { parent } = wrapped(root);
  return isPropertyDeclaration(parent) || isPropertyAssignment(parent) ? { node: parent, kind: "method" } : undefined;
}

function ofMember(scopes: Scopes, root: FlowRoot, { node, kind }: Member): Subject | undefined {
  const { name, modifierFlags = 0 } = node as Node & { name: Node; modifierFlags?: ModifierFlags };
  const owner = node.parent;
  const member = nameOfMember(name);
  if (member === undefined || !isHome(owner) || isDecorated(node) || hasOtherThis(root)) return undefined;
  const label = kind === "method" ? `\`${member}\`` : `the ${kind} of \`${member}\``;
  const isStatic = (modifierFlags & ModifierFlags.Static) !== 0;
  return { kind, root, label, name, member, owner, isStatic, variable: fixed(variableOfOwner(scopes, owner)) };
}

/** The text of a member's name; of a computed one, that of a well-known symbol. */
export function nameOfMember(name: Node): string | undefined {
  if (name.kind !== SyntaxKind.ComputedPropertyName) return name.getText().replace(/^(["'])(.*)\1$/, "$2");
  const key = (name as Node & { expression: Node }).expression.getText();
  return /^Symbol\.\w+$/.test(key) ? `[${key}]` : undefined;
}

/** A class, or an object literal that stays as it is: what is passed on may be taken apart or mixed into others. */
function isHome(owner: Node): boolean {
  if (isClassLikeDeclaration(owner)) return true;
  return isObjectLiteralExpression(owner) && !isPassedOn(owner);
}

/** `define("user", { age: { get() { return this.get("age"); } } })`, `return { beforeSave: { check() { … } } }` */
function isPassedOn(literal: Node): boolean {
  let { parent } = wrapped(literal);
  const isGrouped = isPropertyAssignment(parent);
  while (isPropertyAssignment(parent) || isObjectLiteralExpression(parent) || isArrayLiteralExpression(parent)) {
    ({ parent } = wrapped(parent));
  }
  return isCallExpression(parent) || isNewExpression(parent) || (isGrouped && isReturnStatement(parent));
}

/** `get(this: Model)`: whoever says what `this` is, has the function called on something else. */
function hasOtherThis(root: FlowRoot): boolean {
  const [first] = isFunctionLikeDeclaration(root) ? root.parameters : [];
  return first !== undefined && isIdentifier(first.name) && first.name.text === "this";
}

function variableOfOwner(scopes: Scopes, owner: Node): Variable | undefined {
  const named = isClassLikeDeclaration(owner) ? owner : wrapped(owner).parent;
  const { name } = named as Node & { name?: Node };
  if (!name || !isIdentifier(name)) return undefined;
  if (isClassLikeDeclaration(owner)) return scopes.variableOf(name);
  return isVariableDeclaration(named) && named.initializer && unwrapped(named.initializer) === owner
    ? scopes.variableOf(name)
    : undefined;
}
