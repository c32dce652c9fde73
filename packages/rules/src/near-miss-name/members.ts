/** Members of one object by name: which are written, which are read, and where. */
import { nodesOf, unwrapped, wrapped, type Scopes, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isClassLikeDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type Identifier,
  type Node,
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

/** A local, or for `this` the class. */
type Owner = Variable | Node;

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
  if (!isPropertyAccessExpression(parent) || parent.name !== name) return undefined;
  if (parent.expression.kind === SyntaxKind.ThisKeyword) return classAround(parent);
  const variable = scopes.variableOf(parent.expression);
  return variable && isMadeHere(variable) ? variable : undefined;
}

/** What comes from elsewhere has members that the file need not set, and gets some that it need not read. */
function isMadeHere({ declarations: [name, more] }: Variable): boolean {
  const declaration = name?.parent;
  if (!declaration || more || !isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return isObjectLiteralExpression(unwrapped(declaration.initializer));
}

/** The class whose object `this` is; undefined where a function of its own stands between. */
function classAround(node: Node): Node | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent) {
    if (isClassLikeDeclaration(at)) return at;
    if (isFunctionExpression(at) || isFunctionDeclaration(at) || isObjectLiteralExpression(at)) return undefined;
  }
  return undefined;
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
    isBinaryExpression(parent) && parent.left === outer && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  (isWritten ? uses.written : uses.read).push(name);
}
