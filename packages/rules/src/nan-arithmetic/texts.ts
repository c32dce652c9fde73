/** Parameters that are calculated with, though the same function treats them as text. */
import { asMethodCall, isCondition, mentions, wrapped, type Scopes } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isPropertyAccessExpression,
  isTypeOfExpression,
  SyntaxKind,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** Methods that texts alone have. */
const METHODS: ReadonlySet<string> = new Set(
  "charAt charCodeAt codePointAt replace replaceAll split substr substring toLowerCase toUpperCase startsWith endsWith padStart".split(
    " ",
  ),
);

/** The use of a parameter as text; undefined where the function asks for its type, or turns it into a number. */
export function textUseOf(scopes: Scopes, name: Identifier): Node | undefined {
  const variable = scopes.variableOf(name);
  if (variable?.kind !== "parameter" || !isFunctionLikeDeclaration(variable.root)) return undefined;
  if (["Number", "parseInt", "parseFloat", "isNaN"].some(each => mentions(variable.root, each))) return undefined;
  const uses = variable.references.map(({ node }) => node);
  if (uses.some(isConverted)) return undefined;
  return uses.map(callOn).find(call => call !== undefined);
}

/** `typeof size`, `isString(size)`, `size instanceof String`, and `size.replace ?` ask what it is. */
function isConverted(use: Node): boolean {
  const { parent } = wrapped(use);
  if (isTypeOfExpression(parent)) return true;
  if (isBinaryExpression(parent)) return parent.operatorToken.kind === SyntaxKind.InstanceOfKeyword;
  if (isPropertyAccessExpression(parent)) return isCondition(parent);
  return (
    isCallExpression(parent) &&
    parent.expression !== use &&
    /str|num|nan|finite|type/i.test(parent.expression.getText())
  );
}

function callOn(use: Node): Node | undefined {
  const access = wrapped(use).parent;
  if (!isPropertyAccessExpression(access) || access.expression !== wrapped(use)) return undefined;
  const call = access.parent;
  return isCallExpression(call) && call.expression === access && METHODS.has(asMethodCall(call)?.name ?? "")
    ? call
    : undefined;
}
