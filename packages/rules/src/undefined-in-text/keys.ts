/** Entries of a table that are looked up by a key which may be missing: `names[country]`. */
import { isCondition, quoted, scopesOf, wrapped, type Ask, type Pass } from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isIdentifier,
  isParameterDeclaration,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { Missing } from "./missing.ts";

export function* missingKey(pass: Pass, value: Expression): Ask<Missing | undefined> {
  if (!isElementAccessExpression(value) || pass.file.isJavaScript) return undefined;
  const key = value.argumentExpression;
  if (!isIdentifier(key)) return undefined;
  const parameter = optionalParameter(key);
  if (!parameter || !(yield* mayBeUndefined(pass, key))) return undefined;
  const name = quoted(key, pass.file.sourceFile);
  return { word: "undefined", at: parameter, because: `${name} may be left out, and then there is no such entry.` };
}

function optionalParameter(key: Identifier): Node | undefined {
  const variable = scopesOf(key.getSourceFile()).variableOf(key);
  const declaration = variable?.declarations[0]?.parent;
  if (!declaration || !isParameterDeclaration(declaration) || !declaration.questionToken) return undefined;
  return variable?.references.some(({ node }) => isLookedAt(node)) ? undefined : declaration;
}

function isLookedAt(use: Node): boolean {
  const outer = wrapped(use);
  return isCondition(outer) || isBinaryExpression(outer.parent);
}

/** Without strict null checks the question mark alone says so. */
function* mayBeUndefined({ checker, file }: Pass, key: Identifier): Ask<boolean> {
  if (!file.strictNullChecks) return true;
  return (yield* checker.partsOf(yield* checker.typeOf(key))).some(
    ({ flags }) => flags & (TypeFlags.Undefined | TypeFlags.Any),
  );
}
