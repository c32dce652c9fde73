/** Variables that keep their first value. */
import { isIdentifier, NodeFlags, type VariableDeclaration } from "@review/program/syntax";
import { scopesOf } from "../flow/scope.ts";

/** Whether a variable is a constant: a `const`, or a `let` or `var` that has a value and that nothing assigns later. */
export function isAssignedOnce({ name, parent, initializer }: VariableDeclaration): boolean {
  if ((parent.flags & NodeFlags.BlockScoped) === NodeFlags.Const) return true;
  if (!initializer || !isIdentifier(name)) return false;
  const variable = scopesOf(name.getSourceFile()).variableOf(name);
  return (
    variable !== undefined &&
    variable.declarations.length === 1 &&
    !variable.isExposed &&
    variable.references.every(({ isWritten }) => !isWritten)
  );
}
