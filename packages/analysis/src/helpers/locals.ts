/** Local variables: the one value that a name gets, and the places that use it. */
import {
  isAssignmentOperator,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isExportDeclaration,
  isForInStatement,
  isForOfStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNamedExports,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isQualifiedName,
  isVariableDeclaration,
  ModifierFlags,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
  type SourceFile,
  type VariableDeclaration,
} from "@review/program/syntax";
import { valueNodesOf } from "../walk.ts";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import type { Scopes } from "../flow/scope.ts";
import { isAssignedOnce } from "./assigned-once.ts";
import { unwrapped } from "./nodes.ts";

/** A variable that is given one value, at its declaration, and never another. */
export interface FixedLocal {
  readonly declaration: VariableDeclaration & { readonly name: Identifier };
  readonly value: Expression;
}

/**
 * The variable that an expression names, where its only value is its initialiser: a `const`, or a `let` or `var` that
 * nothing writes again. Undefined for parameters, destructured names, imports and anything that is exported.
 */
export function* fixedLocalOf(checker: TypeChecker, node: Node): Ask<FixedLocal | undefined> {
  const name = unwrapped(node);
  if (!isIdentifier(name)) return undefined;
  const symbol = yield* checker.symbolOf(name);
  if (!symbol || symbol.declarations.length !== 1) return undefined;
  const declaration = yield* checker.declarationOf(symbol);
  return declaration && asFixedLocal(declaration);
}

/** A declaration as that of a variable with one value, and undefined for any other (see `fixedLocalOf`). */
export function asFixedLocal(declaration: Node): FixedLocal | undefined {
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name) || !declaration.initializer) {
    return undefined;
  }
  const statement = declaration.parent.parent as Node & { modifierFlags?: ModifierFlags };
  if ((statement.modifierFlags ?? 0) & ModifierFlags.Export) return undefined;
  if (
    statement.parent.kind === SyntaxKind.SourceFile &&
    isExportedApart(statement.parent as SourceFile, declaration.name.text)
  )
    return undefined;
  if (!isAssignedOnce(declaration)) return undefined;
  return {
    declaration: declaration as VariableDeclaration & { readonly name: Identifier },
    value: declaration.initializer,
  };
}

/** What a variable is given where it is declared, exported or not, if nothing writes it again. */
export function declaredValueOf(scopes: Scopes, name: Node): Expression | undefined {
  const variable = scopes.variableOf(unwrapped(name));
  const declaration = variable?.declarations[0]?.parent;
  if (!declaration || !isVariableDeclaration(declaration)) return undefined;
  return variable.references.some(({ isWritten }) => isWritten) ? undefined : declaration.initializer;
}

/** Whether a file names a variable in an `export { name }` of its own. */
function isExportedApart(file: SourceFile, name: string): boolean {
  return file.statements.some(statement => {
    if (!isExportDeclaration(statement) || statement.moduleSpecifier) return false;
    const clause = statement.exportClause;
    if (!clause || !isNamedExports(clause)) return false;
    return clause.elements.some(each => (each.propertyName ?? each.name).text === name);
  });
}

/** The smallest part of the file that holds every use of a variable. */
export function scopeOf(declaration: VariableDeclaration): Node {
  const isBlockScoped = (declaration.parent.flags & NodeFlags.BlockScoped) !== 0;
  let at: Node = declaration.parent;
  while (at.parent) {
    at = at.parent;
    if (isFunctionLikeDeclaration(at) || at.kind === SyntaxKind.ClassStaticBlockDeclaration) return at;
    if (isBlockScoped && (isBlock(at) || isLoop(at) || at.kind === SyntaxKind.CaseBlock)) return at;
  }
  return at;
}

/** `for`, `for…of`, `for…in`, `while`, `do`. */
export function isLoop(node: Node): boolean {
  return LOOPS.has(node.kind);
}

const LOOPS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ForStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
]);

/**
 * The identifiers below `root` that read or write a variable of this name, in the order of the text. Names of members
 * and keys do not count; an inner variable of the same name does, so ask for the symbol where that matters.
 */
export function usesOf(root: Node, name: string): readonly Identifier[] {
  const uses = usesIn(root.getSourceFile()).get(name) ?? [];
  return uses.filter(use => root.pos <= use.pos && use.end <= root.end);
}

/** All of a file by name: a rule that asked of each element access in a long function would walk it as many times. */
function usesIn(file: SourceFile): ReadonlyMap<string, readonly Identifier[]> {
  const seen = known.get(file);
  if (seen) return seen;
  const uses = new Map<string, Identifier[]>();
  for (const node of valueNodesOf(file)) {
    if (!isIdentifier(node) || isNameOf(node)) continue;
    const same = uses.get(node.text);
    if (same) same.push(node);
    else uses.set(node.text, [node]);
  }
  known.set(file, uses);
  return uses;
}

const known = new WeakMap<SourceFile, ReadonlyMap<string, readonly Identifier[]>>();

/** Whether an identifier is the name of a member, a key or a declaration and not a use of a variable. */
function isNameOf(node: Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.name === node;
  if (isQualifiedName(parent)) return parent.right === node;
  if (isBindingElement(parent)) return parent.initializer !== node;
  if (parent.kind === SyntaxKind.ShorthandPropertyAssignment) return false;
  return (parent as Node & { name?: Node }).name === node;
}

/** Whether a use of a variable writes it: an assignment, `++`, `--`, a destructuring target, the name of a loop. */
export function isWritten(use: Identifier): boolean {
  let at: Node = use;
  for (let { parent } = at; parent; at = parent, parent = at.parent) {
    if (isBinaryExpression(parent)) return parent.left === at && isAssignmentOperator(parent.operatorToken.kind);
    if (isPrefixUnaryExpression(parent) || isPostfixUnaryExpression(parent)) {
      return parent.operator === SyntaxKind.PlusPlusToken || parent.operator === SyntaxKind.MinusMinusToken;
    }
    if (isForOfStatement(parent) || isForInStatement(parent)) return parent.initializer === at;
    if (!TARGETS.has(parent.kind)) return false;
  }
  return false;
}

/** What may stand between an assignment's left side and the names in it. */
const TARGETS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.NonNullExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ShorthandPropertyAssignment,
  SyntaxKind.SpreadElement,
  SyntaxKind.SpreadAssignment,
]);
