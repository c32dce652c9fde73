/** Where the result of a match goes: a variable, a pattern, a member access at once. */
import { asMethodCall, DEFAULTS, unwrapped, wrapped, type Pass, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isForOfStatement,
  isIdentifier,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** The calls whose results may be there, and the expressions and patterns that have them. */
export interface Sources {
  readonly calls: readonly CallExpression[];
  readonly holders: readonly Node[];
}

/** The regular expression of `re.exec(text)`, `text.match(re)`; undefined for any other call. */
export function matchOf(call: CallExpression): Node | undefined {
  const method = asMethodCall(call);
  if (method?.name === "exec") return method.object;
  return method?.name === "match" || method?.name === "matchAll" ? call.arguments[0] : undefined;
}

/** Undefined where the result goes somewhere that is not followed, or where a variable may hold something else. */
export function sourcesOf(pass: Pass, call: CallExpression): Sources | undefined {
  const outer = outermost(call);
  const { parent } = outer;
  const isMany = asMethodCall(call)?.name === "matchAll";
  if (isMany) return isForOfStatement(parent) && parent.expression === outer ? ofLoop(pass, call, parent) : undefined;
  if (isVariableDeclaration(parent)) {
    if (!isIdentifier(parent.name)) return { calls: [call], holders: [parent.name] };
    return ofVariable(pass.scopes().variableOf(parent.name));
  }
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === outer) {
    return ofVariable(pass.scopes().variableOf(unwrapped(parent.left)));
  }
  return { calls: [call], holders: [outer] };
}

/** The expression whose value is that of the call if there is a match: with `|| []`, `!`, brackets. */
function outermost(call: Node): Node {
  const outer = wrapped(call);
  const { parent } = outer;
  const isDefault = isBinaryExpression(parent) && parent.left === outer && DEFAULTS.has(parent.operatorToken.kind);
  return isDefault ? outermost(parent) : outer;
}

function ofLoop(pass: Pass, call: CallExpression, loop: Node): Sources | undefined {
  const { initializer } = loop as Node & { initializer: Node & { declarations?: readonly (Node & { name: Node })[] } };
  const name = initializer.declarations?.[0]?.name;
  if (!name) return undefined;
  if (!isIdentifier(name)) return { calls: [call], holders: [name] };
  const variable = pass.scopes().variableOf(name);
  if (!variable || variable.references.some(({ isWritten }) => isWritten)) return undefined;
  return { calls: [call], holders: variable.references.map(({ node }) => node) };
}

/** All that a variable is given must be results of matches. */
function ofVariable(variable: Variable | undefined): Sources | undefined {
  if (!variable || variable.isExported || variable.isExposed || variable.kind === "parameter") return undefined;
  const values = valuesOf(variable);
  const found = values?.map(callIn);
  if (!found || found.includes(undefined)) return undefined;
  const calls = found.filter(each => each !== undefined && each !== "none");
  return { calls, holders: variable.references.filter(({ isRead }) => isRead).map(({ node }) => node) };
}

/** Undefined where a variable gets a value in another way than by its declaration or `=`. */
function valuesOf({ declarations, references }: Variable): readonly Node[] | undefined {
  const values: Node[] = [];
  for (const { parent } of declarations) {
    if (!isVariableDeclaration(parent) || isForOfStatement(parent.parent.parent)) return undefined;
    if (parent.initializer) values.push(parent.initializer);
  }
  for (const { node, isWritten } of references) {
    if (!isWritten) continue;
    const { parent } = wrapped(node);
    if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
    values.push(parent.right);
  }
  return values;
}

function callIn(value: Node): CallExpression | "none" | undefined {
  const bare = unwrapped(value);
  if (bare.kind === SyntaxKind.NullKeyword || (isIdentifier(bare) && bare.text === "undefined")) return "none";
  if (isBinaryExpression(bare) && DEFAULTS.has(bare.operatorToken.kind)) {
    return isEmptyDefault(bare.right) ? callIn(bare.left) : undefined;
  }
  return isCallExpression(bare) && matchOf(bare) && asMethodCall(bare)?.name !== "matchAll" ? bare : undefined;
}

function isEmptyDefault(node: Node): boolean {
  const bare = unwrapped(node);
  return (
    bare.kind === SyntaxKind.ArrayLiteralExpression &&
    (bare as Node & { elements: readonly Node[] }).elements.length === 0
  );
}
