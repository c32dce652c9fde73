/** Which files are modules: in a script of a page `this` is the page. */
import type { Pass } from "@review/analysis";

export function isModule({ file: { sourceFile } }: Pass): boolean {
  return (
    typeof sourceFile.externalModuleIndicator === "object" || /\b(?:require\s*\(|module\.exports)/.test(sourceFile.text)
  );
}
