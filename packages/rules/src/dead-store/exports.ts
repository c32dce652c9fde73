/** A module of CommonJS that assigns `exports` itself: the name is its own, and nobody gets the value. */
import { unwrapped, wrapped, type Pass } from "@review/analysis";
import { isExpressionStatement, isIdentifier, type BinaryExpression } from "@review/program/syntax";

/** `exports = { run };`, but not `exports = module.exports = …`. */
export function checkExports(pass: Pass, node: BinaryExpression): void {
  const { left, right } = node;
  if (!isIdentifier(left) || left.text !== "exports" || !isExpressionStatement(wrapped(node).parent)) return;
  const { sourceFile } = pass.file;
  if (pass.scopes().variableOf(left) || typeof sourceFile.externalModuleIndicator === "object") return;
  if (!isCommonJs(sourceFile.fileName, sourceFile.text)) return;
  if (/\bexports\b/.test(unwrapped(right).getText()) || /\bmodule\.exports\s*=\s*exports\b/.test(sourceFile.text))
    return;
  const at = { start: left.getStart(), end: left.getStart() };
  pass.report(left, {
    message: "`exports` is a name of this module alone: what it is given here, nobody gets who requires the module.",
    evidence: [{ at: node, message: "Only `module.exports` may be given another value." }],
    repair: "Assign `module.exports`.",
    fixes: [{ title: "Assign `module.exports`", safety: "suggested", edits: [{ at, text: "module." }] }],
  });
}

function isCommonJs(path: string, text: string): boolean {
  return path.endsWith(".cjs") || /\brequire\s*\(\s*["'`]/.test(text);
}
