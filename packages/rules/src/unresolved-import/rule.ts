/** Reports relative imports of files that are not there, where the file that is meant can be told. */
import { defineRule, type Pass, type Rule } from "@review/analysis";
import {
  isCallExpression,
  isStringLiteralLikeNode,
  isTryStatement,
  SyntaxKind,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { meantBy } from "./files.ts";

const rule: Rule = defineRule({
  id: "unresolved-import",
  summary: "A relative import names a file that is not there, and that is one slip away from one that is.",
  category: "names",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the path as the file is named, with its capitals.",
  listen: pass => ({
    *[SyntaxKind.SourceFile]({ imports }: SourceFile) {
      // To have the compiler check a whole file is dear, and a look at the folder is not.
      const { path } = pass.file;
      if (!imports.some(node => isStringLiteralLikeNode(node) && meantBy(path, node.text) !== undefined)) return;
      const seen = new Set<Node>();
      for (const { code, node } of yield* pass.diagnostics()) {
        if (code !== NOT_FOUND || !isStringLiteralLikeNode(node) || seen.has(node)) continue;
        seen.add(node);
        if (!isTried(node)) check(pass, node);
      }
    },
  }),
});
export default rule;

/** TypeScript's: no module, or none with types. */
const NOT_FOUND = 2307;

function check(pass: Pass, specifier: Node & { readonly text: string }): void {
  const meant = meantBy(pass.file.path, specifier.text);
  if (meant === undefined) return;
  const quote = specifier.getText(pass.file.sourceFile).charAt(0);
  pass.report(specifier, {
    message: `There is no file \`${specifier.text}\`: loading it throws. There is \`${meant}\`.`,
    evidence: [{ at: specifier, message: "The compiler finds no module of this name, nor does the folder have one." }],
    fixes: [
      {
        title: `Write \`${meant}\``,
        safety: "suggested",
        edits: [{ at: specifier, text: `${quote}${meant}${quote}` }],
      },
    ],
  });
}

/** Who catches that a module is missing knows that it may be. */
function isTried(specifier: Node): boolean {
  for (let at = specifier; at.parent; at = at.parent) {
    if (at.parent.kind === SyntaxKind.CallExpression && isDynamic(at.parent)) return true;
    if (isTryStatement(at.parent) && at.parent.tryBlock === at) return true;
  }
  return false;
}

/** `import(path).catch(…)` */
function isDynamic(call: Node): boolean {
  return isCallExpression(call) && call.expression.kind === SyntaxKind.ImportKeyword;
}
