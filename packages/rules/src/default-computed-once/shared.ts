/** Module-level objects of defaults, and whether each call gets a copy of them. */
import { asMethodCall, enclosingFunction, wordsOf, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isForInStatement,
  isIdentifier,
  isObjectLiteralExpression,
  isSpreadAssignment,
  isVariableDeclaration,
  type Identifier,
  type Node,
  type PropertyAssignment,
} from "@review/program/syntax";

/** An id or a time by its name, in an object that is called default and stands at the top of the module. */
export function isSharedDefault(property: PropertyAssignment): boolean {
  const words = wordsOf(property.name.getText());
  return words.some(word => MOMENTS.has(word.toLowerCase())) && declaredName(property) !== undefined;
}

const MOMENTS: ReadonlySet<string> = new Set([
  "id",
  "uuid",
  "guid",
  "nonce",
  "date",
  "time",
  "timestamp",
  "now",
  "created",
]);

function declaredName({ parent }: PropertyAssignment): Identifier | undefined {
  const declaration = parent.parent;
  if (!isObjectLiteralExpression(parent) || !isVariableDeclaration(declaration)) return undefined;
  const { name } = declaration;
  const isDefault = isIdentifier(name) && /defaults?(?![a-z])|^default/i.test(name.text);
  return isDefault && !enclosingFunction(declaration) ? name : undefined;
}

/** Whether a function copies the object's members: by a spread, `Object.assign`, or `for…in`. */
export function isCopiedPerCall(pass: Pass, property: PropertyAssignment): boolean {
  const name = declaredName(property);
  const variable = name && pass.scopes().variableOf(name);
  return variable?.references.some(({ node }) => enclosingFunction(node) && isCopied(node)) ?? false;
}

function isCopied(use: Node): boolean {
  const { parent } = use;
  if (isSpreadAssignment(parent)) return true;
  if (isForInStatement(parent)) return parent.expression === use;
  const method = isCallExpression(parent) && parent.expression !== use ? asMethodCall(parent)?.name : undefined;
  return method !== undefined && COPYING.has(method) && isCallExpression(parent) && parent.arguments[0] !== use;
}

const COPYING: ReadonlySet<string> = new Set(["assign", "extend", "merge", "defaults", "defaultsDeep"]);
