/** Members of one object by name: which are written, which are read, and where. */
import { nodesOf, unwrapped, wrapped, type Scopes, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isClassLikeDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
} from "@review/program/syntax";

export interface MemberUses {
  readonly written: Identifier[];
  readonly read: Identifier[];
}

export interface FileNames {
  /** For each object the members that code names after a dot. */
  readonly objects: ReadonlyMap<Owner, ReadonlyMap<string, MemberUses>>;
  /** How often a name stands anywhere else: as a key, in a declaration, in a text, on other objects. */
  readonly elsewhere: ReadonlyMap<string, number>;
}

/** A local made of an object literal, a constructor function, or for `this` the class. */
export type Owner = Variable | Node;

/** Reads the names of a whole file. */
export function namesIn(file: SourceFile, scopes: Scopes): FileNames {
  const objects = new Map<Owner, Map<string, MemberUses>>();
  const elsewhere = new Map<string, number>();
  for (const node of nodesOf(file)) {
    const text = isIdentifier(node) || isStringLiteralLikeNode(node) ? node.text : undefined;
    if (text === undefined) continue;
    const owner = isIdentifier(node) ? ownerOf(node, scopes) : undefined;
    if (owner && isIdentifier(node)) addUse(usesOf(objects, owner, text), node);
    else elsewhere.set(text, (elsewhere.get(text) ?? 0) + 1);
  }
  return { objects, elsewhere };
}

/** The object that a name is a member of. */
function ownerOf(name: Identifier, scopes: Scopes): Owner | undefined {
  const { parent } = name;
  if (!isPropertyAccessExpression(parent) || parent.name !== name) return ownerOfKey(name, scopes);
  const object = unwrapped(parent.expression);
  if (object.kind === SyntaxKind.ThisKeyword) return thisAt(parent, scopes);
  const variable = scopes.variableOf(object);
  if (variable) return isMadeHere(variable) ? variable : ownerByAlias(variable, scopes);
  return isPropertyAccessExpression(object) ? constructorOf(object, scopes) : undefined;
}

/** What comes from elsewhere has members that the file need not set, and gets some that it need not read. */
function isMadeHere(variable: Variable): boolean {
  const value = valueOf(variable);
  return value !== undefined && isObjectLiteralExpression(value);
}

/** `const self = this` */
function ownerByAlias(variable: Variable, scopes: Scopes): Owner | undefined {
  const value = valueOf(variable);
  return value?.kind === SyntaxKind.ThisKeyword ? thisAt(value, scopes) : undefined;
}

function valueOf({ declarations: [name, more] }: Variable): Node | undefined {
  const declaration = name?.parent;
  if (!declaration || more || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  return unwrapped(declaration.initializer);
}

/** The class whose object `this` is, or its constructor function; undefined where another function stands between. */
function thisAt(node: Node, scopes: Scopes): Owner | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent) {
    if (isClassLikeDeclaration(at)) return at;
    if (isFunctionExpression(at) || isMethodDeclaration(at)) {
      const prototype = prototypeWith(at);
      if (prototype) return constructorOf(prototype, scopes);
    }
    if (isFunctionDeclaration(at)) {
      const variable = at.name && scopes.variableOf(at.name);
      return variable && isConstructor(variable) ? variable : undefined;
    }
    if (isFunctionExpression(at)) return constructorIn(at, scopes);
    if (isObjectLiteralExpression(at)) return undefined;
  }
  return undefined;
}

/** The `X.prototype` that a function becomes a method of: `X.prototype.m = …`, `X.prototype = { m: … }`. */
function prototypeWith(fn: Node): PropertyAccessExpression | undefined {
  const outer = wrapped(fn).parent;
  if (isBinaryExpression(outer) && outer.operatorToken.kind === SyntaxKind.EqualsToken) {
    const target = unwrapped(outer.left);
    const object = isPropertyAccessExpression(target) ? unwrapped(target.expression) : undefined;
    return object && isPrototype(object) ? object : undefined;
  }
  const literal = isMethodDeclaration(fn) ? fn.parent : isPropertyAssignment(outer) ? outer.parent : undefined;
  const assignment = literal && wrapped(literal).parent;
  if (!assignment || !isBinaryExpression(assignment)) return undefined;
  const target = unwrapped(assignment.left);
  return isPrototype(target) ? target : undefined;
}

function isPrototype(node: Node): node is PropertyAccessExpression {
  return isPropertyAccessExpression(node) && node.name.text === "prototype";
}

function constructorOf(object: Node, scopes: Scopes): Variable | undefined {
  return isPrototype(object) ? scopes.variableOf(unwrapped(object.expression)) : undefined;
}

/** `const X = function () { this.a = 1; }` */
function constructorIn(fn: Node, scopes: Scopes): Variable | undefined {
  const declaration = wrapped(fn).parent;
  const variable = isVariableDeclaration(declaration) ? scopes.variableOf(declaration.name) : undefined;
  return variable && isConstructor(variable) ? variable : undefined;
}

function isConstructor({ references }: Variable): boolean {
  return references.some(({ node }) => isPrototype(node.parent));
}

/** The key of a method in `X.prototype = { … }` sets a member. */
function ownerOfKey(name: Identifier, scopes: Scopes): Variable | undefined {
  const { parent } = name;
  const isKey = (isPropertyAssignment(parent) || isMethodDeclaration(parent)) && parent.name === name;
  if (!isKey) return undefined;
  const prototype = prototypeWith(isPropertyAssignment(parent) ? parent.initializer : parent);
  return prototype && constructorOf(prototype, scopes);
}

function usesOf(objects: Map<Owner, Map<string, MemberUses>>, owner: Owner, name: string): MemberUses {
  let members = objects.get(owner);
  if (!members) objects.set(owner, (members = new Map<string, MemberUses>()));
  let uses = members.get(name);
  if (!uses) members.set(name, (uses = { written: [], read: [] }));
  return uses;
}

function addUse(uses: MemberUses, name: Identifier): void {
  const outer = wrapped(name.parent);
  const { parent } = outer;
  const isWritten =
    isPropertyAssignment(name.parent) ||
    isMethodDeclaration(name.parent) ||
    (isBinaryExpression(parent) && parent.left === outer && parent.operatorToken.kind === SyntaxKind.EqualsToken);
  (isWritten ? uses.written : uses.read).push(name);
}
