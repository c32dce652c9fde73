/** Results of `||` that are asked for the very value which the default has replaced: `const n = given || 3; if (n === 0)`. */
import { EQUALITIES, isAssignedOnce, literalValue, quoted, unwrapped, wrapped, type Pass } from "@review/analysis";
import { isBinaryExpression, isIdentifier, isVariableDeclaration, type Node } from "@review/program/syntax";
import type { Site } from "./sites.ts";

/** Reports such a default; whatever its type, the comparison says that the value was thought of. */
export function checkAsked(pass: Pass, { subject, fallback, operator }: Site): boolean {
  if (!fallback || !operator || !literalValue(unwrapped(fallback))) return false;
  const asked = comparisonOf(pass, wrapped(operator.parent).parent);
  if (!asked) return false;
  const { sourceFile } = pass.file;
  const name = quoted(subject, sourceFile);
  pass.report(subject, {
    message: `${name} may be \`${asked.value}\`, which is asked for below, but ${quoted(fallback, sourceFile)} takes its place here.`,
    evidence: [{ at: asked.at, message: "This never holds." }],
    fixes: [{ title: "Write `??`", safety: "suggested", edits: [{ at: operator, text: "??" }] }],
  });
  return true;
}

interface Asked {
  readonly at: Node;
  /** What it is compared with, as text. */
  readonly value: string;
}

/** The comparison of a constant with a value that is not truthy. */
function comparisonOf(pass: Pass, declaration: Node): Asked | undefined {
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name)) return undefined;
  if (!isAssignedOnce(declaration)) return undefined;
  const references = pass.scopes().variableOf(declaration.name)?.references ?? [];
  return references.map(({ node }) => comparedWithFalsy(node)).find(found => found !== undefined);
}

function comparedWithFalsy(name: Node): Asked | undefined {
  const outer = wrapped(name);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || !EQUALITIES.has(parent.operatorToken.kind)) return undefined;
  const other = unwrapped(parent.left === outer ? parent.right : parent.left);
  const value = literalValue(other);
  return value === 0 || value === "" || value === 0n ? { at: parent, value: other.getText() } : undefined;
}
