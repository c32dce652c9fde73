/** Which of the files that ESLint lints can be analysed. */
import type { Rule } from "eslint";
import { pathOf } from "./names.ts";

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
/** What ESLint calls a text that came without a name. */
const NAMELESS = /^<(?:input|text)>$|__placeholder__\.js$/;
const DECLARATION = /\.d\.(?:[cm]?ts|[^/]+\.ts)$/;

/**
 * The absolute path, '/' separated, of a file whose text is what would stand on disk. Undefined for parts of other files that a
 * processor cut out, for texts without a name, and for languages that only contain scripts: there, nothing is said.
 */
export function reachableFile({ filename, physicalFilename, cwd }: Rule.RuleContext): string | undefined {
  if (filename !== physicalFilename || NAMELESS.test(filename)) return undefined;
  const path = pathOf(filename, cwd);
  return SOURCE.test(path) && !DECLARATION.test(path) ? path : undefined;
}
