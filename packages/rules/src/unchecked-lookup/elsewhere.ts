/**
 * Lookups by a key that only the caller knows, in a table whose other users look whether it has the key: both are
 * functions that others call, so one of them is wrong about what may be asked for.
 */
import {
  asMethodCall,
  EQUALS,
  enclosingFunction,
  isCondition,
  isInside,
  isLookedAt,
  isSameReference,
  mentions,
  nodesOf,
  perFile,
  uncheckedUseOf,
  unwrapped,
  wrapped,
  type Pass,
  type Scopes,
} from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  ModifierFlags,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { keyedOf, type Lookup } from "./keyed.ts";

export interface CheckedElsewhere {
  readonly use: Node;
  readonly check: Node;
  readonly key: Node;
}

export function checkedElsewhere(pass: Pass, lookup: Lookup): CheckedElsewhere | undefined {
  const scopes = pass.scopes();
  const asked = askedBy(scopes, lookup);
  const use = asked && uncheckedUseOf(scopes, lookup);
  if (!use || asksBefore(asked, lookup)) return undefined;
  const check = checksIn(pass).find(
    other => other.fn !== asked.fn && ownerOf(other.fn) === ownerOf(asked.fn) && isSameTable(scopes, other, asked),
  );
  return check && { use, check: check.lookup, key: asked.key };
}

interface Asked {
  readonly lookup: Lookup;
  readonly table: Node;
  readonly key: Identifier;
  readonly fn: FunctionLikeDeclaration;
}

/** A lookup whose key is a parameter of a function that is there for others to call. */
function askedBy(scopes: Scopes, lookup: Lookup): Asked | undefined {
  const parts = partsOf(lookup);
  const key = parts && unwrapped(parts.key);
  if (!key || !isIdentifier(key)) return undefined;
  const variable = scopes.variableOf(key);
  const fn = enclosingFunction(lookup);
  if (variable?.kind !== "parameter" || variable.root !== fn || !isFunctionLikeDeclaration(fn)) return undefined;
  if (variable.references.some(each => each.isWritten) || !isForOthers(scopes, fn)) return undefined;
  return { lookup, table: unwrapped(parts.table), key, fn };
}

interface Parts {
  readonly table: Expression;
  readonly key: Node;
}

function partsOf(lookup: Lookup): Parts | undefined {
  if (isElementAccessExpression(lookup)) return keyedOf(lookup);
  const method = asMethodCall(lookup);
  const [argument, more] = lookup.arguments;
  if (!method || !argument || more) return undefined;
  if (method.name === "match") return { table: argument, key: method.object };
  if (method.name === "find" || method.name === "findLast") return searched(method.object, argument);
  return method.name === "exec" ? { table: method.object, key: argument } : keyedOf(lookup);
}

/** `calls.find(call => call.id === id)`: the key is what the elements are compared with. */
function searched(table: Expression, predicate: Expression): Parts | undefined {
  const fn = unwrapped(predicate);
  const test = isArrowFunction(fn) ? unwrapped(fn.body) : undefined;
  if (!test || !isBinaryExpression(test) || !EQUALS.has(test.operatorToken.kind)) return undefined;
  const key = [test.left, test.right].find(side => isIdentifier(unwrapped(side)));
  return key && { table, key };
}

/** Whether a function is exported, or a method that is not private, and nothing in the file calls it. */
function isForOthers(scopes: Scopes, fn: FunctionLikeDeclaration): boolean {
  if (isMethodDeclaration(fn)) {
    if (!isIdentifier(fn.name) || fn.name.text.startsWith("_") || fn.modifierFlags & HIDDEN) return false;
    return !membersCalled(fn.getSourceFile()).has(fn.name.text);
  }
  const name = isFunctionDeclaration(fn) ? fn.name : isVariableDeclaration(fn.parent) ? fn.parent.name : undefined;
  const variable = name && isIdentifier(name) ? scopes.variableOf(name) : undefined;
  return variable !== undefined && variable.isExported && variable.references.length === 0;
}

const HIDDEN = ModifierFlags.Private | ModifierFlags.Protected;

const membersCalled = perFile(
  (file): ReadonlySet<string> =>
    new Set(
      [...nodesOf(file)]
        .filter(isPropertyAccessExpression)
        .filter(({ parent }) => isCallExpression(parent))
        .map(({ name }) => name.text),
    ),
);

/** Whether the function names the table, or the key, before the lookup: it may have seen to it. */
function asksBefore({ fn, table, key }: Asked, lookup: Lookup): boolean {
  for (const node of nodesOf(fn.body ?? fn)) {
    if (node.pos >= lookup.pos) return false;
    if (isSameReference(node, table) && !isInside(node, lookup)) return true;
    if (isCallExpression(node) && !isInside(lookup, node) && node.arguments.some(each => mentions(each, key.text)))
      return true;
  }
  return false;
}

function checksIn(pass: Pass): readonly Asked[] {
  let found = checks.get(pass.file);
  if (!found) {
    const scopes = pass.scopes();
    found = [...nodesOf(pass.file.sourceFile)]
      .filter(node => isCallExpression(node) || isElementAccessExpression(node))
      .filter(node => partsOf(node) !== undefined && isAskedFor(scopes, node))
      .flatMap(node => askedBy(scopes, node) ?? []);
    checks.set(pass.file, found);
  }
  return found;
}

/** Whether a function asks for what it found; with `?.` and a default it may only be careful. */
function isAskedFor(scopes: Scopes, lookup: Node): boolean {
  const outer = wrapped(lookup);
  const { parent } = outer;
  const name = isVariableDeclaration(parent) && parent.initializer === outer ? parent.name : undefined;
  const uses = (name && scopes.variableOf(name)?.references.map(({ node }) => wrapped(node))) ?? [outer];
  return uses.some(use => isLookedAt(use) && !isCareful(use));
}

function isCareful(value: Node): boolean {
  const { parent } = value;
  if (isBinaryExpression(parent)) return parent.operatorToken.kind === SyntaxKind.QuestionQuestionToken;
  return !isCondition(value);
}

const checks = new WeakMap<object, readonly Asked[]>();

function isSameTable(scopes: Scopes, { table }: Asked, other: Asked): boolean {
  if (table.kind === SyntaxKind.RegularExpressionLiteral) return table.getText() === other.table.getText();
  if (isIdentifier(table)) {
    const variable = scopes.variableOf(table);
    return variable !== undefined && variable.kind !== "parameter" && variable === scopes.variableOf(other.table);
  }
  return table.getText().startsWith("this.") && isSameReference(table, other.table);
}

/** The class that a method belongs to. */
function ownerOf(fn: Node): Node | undefined {
  return isClassLikeDeclaration(fn.parent) ? fn.parent : undefined;
}
