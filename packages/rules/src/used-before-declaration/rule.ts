/** Reports uses of a `let`, a `const` or a class that come before its declaration, where it has no value yet. */
import { defineRule, isInside, uncheckedDiagnostics, type Pass, type Rule, type Variable } from "@review/analysis";
import {
  ModifierFlags,
  isIdentifier,
  isPropertyDeclaration,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
  type SourceFile,
  type VariableDeclaration,
} from "@review/program/syntax";

import { checkCaptured } from "./captured.ts";

const rule: Rule = defineRule({
  id: "used-before-declaration",
  summary: "A `let`, a `const` or a class is used before its declaration has run, which throws.",
  category: "names",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Move the declaration up, or give it another name than the value that it is made of.",
  listen: pass => ({
    [SyntaxKind.VariableDeclaration]: (declaration: VariableDeclaration) => checkCaptured(pass, declaration),
    *[SyntaxKind.SourceFile](_: SourceFile) {
      for (const { node } of yield* uncheckedDiagnostics(pass, CODES)) check(pass, node);
    },
  }),
});
export default rule;

/** TypeScript's: a block-scoped variable, and a class, used before its declaration. */
const CODES: ReadonlySet<number> = new Set([2448, 2449]);

function check(pass: Pass, use: Node): void {
  const variable = isIdentifier(use) ? pass.scopes().variableOf(use) : undefined;
  const [declared, more] = variable?.declarations ?? [];
  // A script's globals may be declared by an earlier script as well.
  if (!variable || !declared || more || variable.isExposed || isInField(use)) return;
  pass.report(use, {
    message: `\`${variable.name}\` has no value yet: ${reasonFor(variable, use)}, so that evaluating it throws a ReferenceError.`,
    evidence: [{ at: declared, message: "It is declared here." }],
  });
}

/** `const Ring = class { next = Ring; }`: a field is filled when an object is made. */
function isInField(use: Node): boolean {
  for (let at = use; at.parent; at = at.parent) {
    const { parent } = at;
    if (isPropertyDeclaration(parent) && parent.initializer === at)
      return (parent.modifierFlags & ModifierFlags.Static) === 0;
  }
  return false;
}

function reasonFor({ kind, declarations: [declared] }: Variable, use: Node): string {
  const declaration = declared?.parent;
  const initializer = declaration && isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  if (initializer && isInside(use, initializer)) return "its own declaration uses it";
  return `${kind === "class" ? "the class" : `the \`${kind}\``} is declared below`;
}
