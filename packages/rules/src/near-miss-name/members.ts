/** Members of one object by name: which are written, which are read, and where. */
import { nodesOf, unwrapped, wrapped, type Scopes, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isClassLikeDeclaration,
  isExpressionStatement,
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
  type BinaryExpression,
  type Identifier,
  type Node,
  type ObjectLiteralExpression,
  type PropertyAccessExpression,
  type SourceFile,
  type StringLiteralLikeNode,
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
  const names: (Identifier | StringLiteralLikeNode)[] = [];
  const assignments: BinaryExpression[] = [];
  for (const node of nodesOf(file)) {
    if (isIdentifier(node) || isStringLiteralLikeNode(node)) names.push(node);
    else if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) assignments.push(node);
  }
  const context = { scopes, kept: keptLiterals(assignments) };
  for (const node of names) {
    const { text } = node;
    const owner = isIdentifier(node) ? ownerOf(node, context) : undefined;
    if (owner && isIdentifier(node)) addUse(usesOf(objects, owner, text), node);
    else elsewhere.set(text, (elsewhere.get(text) ?? 0) + 1);
  }
  return { objects, elsewhere };
}

interface Context {
  readonly scopes: Scopes;
  /** The one object literal that members of a name are given in the file. */
  readonly kept: ReadonlyMap<string, ObjectLiteralExpression>;
}

/** `this.saved = { … }`, where the file gives `saved` nothing else but null. */
function keptLiterals(assignments: readonly BinaryExpression[]): ReadonlyMap<string, ObjectLiteralExpression> {
  const kept = new Map<string, ObjectLiteralExpression | undefined>();
  for (const node of assignments) {
    if (!isPropertyAccessExpression(node.left) || node.right.kind === SyntaxKind.NullKeyword) continue;
    const { text } = node.left.name;
    const isFirst = !kept.has(text) && isObjectLiteralExpression(node.right) && isClosed(node.right);
    kept.set(text, isFirst ? node.right : undefined);
  }
  return new Map([...kept].flatMap(([name, literal]) => (literal ? [[name, literal] as const] : [])));
}

/** Whether the keys are all that an object gets: nothing is spread into it, and there are some. */
function isClosed({ properties }: ObjectLiteralExpression): boolean {
  return properties.length > 1 && properties.every(each => isPropertyAssignment(each) && isIdentifier(each.name));
}

/** The object that a name is a member of. */
function ownerOf(name: Identifier, context: Context): Owner | undefined {
  const { parent } = name;
  const { scopes, kept } = context;
  if (!isPropertyAccessExpression(parent) || parent.name !== name) return ownerOfKey(name, context);
  const object = unwrapped(parent.expression);
  if (object.kind === SyntaxKind.ThisKeyword) return thisAt(parent, scopes);
  const variable = scopes.variableOf(object);
  if (variable) return isMadeHere(variable) ? variable : ownerByAlias(variable, scopes);
  if (!isPropertyAccessExpression(object)) return undefined;
  return constructorOf(object, scopes) ?? kept.get(object.name.text);
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
    if (isFunctionDeclaration(at)) return at.name && constructorNamed(at.name, scopes);
    if (isFunctionExpression(at)) return ownerOfFunction(at, scopes);
    if (isMethodDeclaration(at) && isObjectLiteralExpression(at.parent)) return ownerOfFunction(at, scopes);
    if (isObjectLiteralExpression(at)) return undefined;
  }
  return undefined;
}

/** The object that a function is a method of, or makes. */
function ownerOfFunction(fn: Node, scopes: Scopes): Owner | undefined {
  const prototype = prototypeWith(fn);
  if (prototype) return constructorOf(prototype, scopes);
  const key = isMethodDeclaration(fn) ? fn : wrapped(fn).parent;
  if (isVariableDeclaration(key)) return constructorNamed(key.name, scopes);
  return isObjectLiteralExpression(key.parent) ? literalOwner(key.parent, scopes) : undefined;
}

/** `function X() { this.a = 1; }`, `const X = function () { this.a = 1; }` */
function constructorNamed(name: Node, scopes: Scopes): Variable | undefined {
  const variable = scopes.variableOf(name);
  return variable && isConstructor(variable) ? variable : undefined;
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

function isConstructor({ references }: Variable): boolean {
  return references.some(({ node }) => isPrototype(node.parent));
}

/** The key of a method in `X.prototype = { … }` sets a member, and so do those of an object that has a name. */
function ownerOfKey(name: Identifier, { scopes, kept }: Context): Owner | undefined {
  const { parent } = name;
  const isKey = (isPropertyAssignment(parent) || isMethodDeclaration(parent)) && parent.name === name;
  if (!isKey) return undefined;
  const prototype = prototypeWith(isPropertyAssignment(parent) ? parent.initializer : parent);
  if (prototype) return constructorOf(prototype, scopes);
  const literal = parent.parent;
  if (!isObjectLiteralExpression(literal)) return undefined;
  return literalOwner(literal, scopes) ?? (isKept(literal, kept) ? literal : undefined);
}

function isKept(literal: ObjectLiteralExpression, kept: Context["kept"]): boolean {
  const { parent } = literal;
  return (
    isBinaryExpression(parent) && isPropertyAccessExpression(parent.left) && kept.get(parent.left.name.text) === literal
  );
}

/** The variable that is made of an object literal. */
function literalOwner(literal: Node, scopes: Scopes): Variable | undefined {
  const { parent } = wrapped(literal);
  const variable = isVariableDeclaration(parent) ? scopes.variableOf(parent.name) : undefined;
  return variable && isMadeHere(variable) ? variable : undefined;
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
    (isBinaryExpression(parent) && parent.left === outer && isAssigning(parent));
  (isWritten ? uses.written : uses.read).push(name);
}

/** `this.total += step` as a statement reads the member for nothing but its own next value. */
function isAssigning({ operatorToken, parent }: BinaryExpression): boolean {
  const { kind } = operatorToken;
  if (kind === SyntaxKind.EqualsToken) return true;
  return (
    kind >= SyntaxKind.FirstCompoundAssignment &&
    kind <= SyntaxKind.LastCompoundAssignment &&
    isExpressionStatement(parent)
  );
}
