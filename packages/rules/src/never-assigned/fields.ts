/** Private fields (`#client`) that are read though nothing gives them a value: only their class can. */
import { isTarget, nodesOf, quoted, type Pass } from "@review/analysis";
import { isPropertyAccessExpression, SyntaxKind, type PropertyDeclaration } from "@review/program/syntax";

/** Reports a private field without a value that its class reads and never writes. */
export function checkField(pass: Pass, { name, initializer, parent: owner }: PropertyDeclaration): void {
  if (name.kind !== SyntaxKind.PrivateIdentifier || initializer || pass.file.isTest) return;
  const uses = [...nodesOf(owner)]
    .filter(isPropertyAccessExpression)
    .filter(access => access.name.kind === SyntaxKind.PrivateIdentifier && access.name.getText() === name.getText());
  const [read] = uses;
  if (!read || uses.some(isTarget)) return;
  pass.report(name, {
    message: `${quoted(name, pass.file.sourceFile)} is never given a value, so it is undefined wherever it is read.`,
    evidence: [
      { at: name, message: "It is declared without a value, and nothing in its class assigns one." },
      { at: read, message: `Here ${quoted(read.parent, pass.file.sourceFile)} reads it.` },
    ],
  });
}
