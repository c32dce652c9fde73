/** Reports assignments in JavaScript to a `const` or an import. */
import { defineRule, namesIn, nodesOf, type Pass, type ReportedFix, type Rule } from "@review/analysis";
import {
  isIdentifier,
  NodeFlags,
  SyntaxKind,
  type ImportDeclaration,
  type Node,
  type VariableDeclaration,
  type VariableDeclarationList,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "constant-reassigned",
  summary: "A `const` or an import is given another value in JavaScript, which throws.",
  category: "assignments",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Declare what changes with `let`; what is imported changes in its own module.",
  listen: pass => ({
    [SyntaxKind.VariableDeclarationList](list: VariableDeclarationList) {
      if (isSilent(pass) || !(list.flags & (NodeFlags.Const | NodeFlags.Using))) return;
      for (const { name } of list.declarations) for (const each of namesIn(name)) check(pass, each, list);
    },
    [SyntaxKind.ImportDeclaration](node: ImportDeclaration) {
      if (isSilent(pass) || !node.importClause) return;
      for (const name of [...nodesOf(node.importClause)].filter(isIdentifier)) check(pass, name, undefined);
    },
  }),
});
export default rule;

/** The compiler reports it where it checks the file, and a test may see to it that the assignment throws. */
function isSilent({ file }: Pass): boolean {
  return file.isChecked || file.isTest;
}

function check(pass: Pass, name: Node, list: VariableDeclarationList | undefined): void {
  const variable = pass.scopes().variableOf(name);
  if (!variable?.declarations.some(each => each === name)) return;
  const [write] = variable.references.filter(({ isWritten }) => isWritten);
  if (!write) return;
  pass.report(write.node, {
    message: `\`${variable.name}\` ${list ? `is a \`${variable.kind}\`` : "is imported"}: to give it another value throws a TypeError.`,
    evidence: [{ at: name, message: list ? "It is declared here." : "It is imported here." }],
    fixes: list && variable.kind === "const" ? fixesFor(list) : [],
  });
}

/** Only where nothing else is declared with it. */
function fixesFor(list: VariableDeclarationList): readonly ReportedFix[] {
  const [first, more] = list.declarations as readonly VariableDeclaration[];
  if (!first || more || !isIdentifier(first.name)) return [];
  const start = list.getStart();
  const edits = [{ at: { start, end: start + "const".length }, text: "let" }];
  return [{ title: "Declare it with `let`", safety: "suggested", edits }];
}
