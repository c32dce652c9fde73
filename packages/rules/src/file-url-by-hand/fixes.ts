/** Fixes that need a function of `node:url`. */
import type { Edit, Pass, ReportedFix } from "@review/analysis";
import { isImportDeclaration } from "@review/program/syntax";

/** Puts a call of the function in place, and imports it where it is not; none where there is no import to put it beside. */
export function fixWith({ file }: Pass, name: string, edit: Edit): readonly ReportedFix[] {
  const title = `Call \`${name}\``;
  if (new RegExp(`\\b${name}\\b`).test(file.text)) return [{ title, safety: "suggested", edits: [edit] }];
  const first = file.sourceFile.statements.find(isImportDeclaration);
  if (!first) return [];
  const start = first.getStart(file.sourceFile);
  const added = { at: { start, end: start }, text: `import { ${name} } from "node:url";\n` };
  return [{ title, safety: "suggested", edits: [added, edit] }];
}
