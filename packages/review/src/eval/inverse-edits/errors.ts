/** Errors on their way. */
import type { EditTable } from "./edit.ts";

export const errors: EditTable = {
  "catch-always-rethrows": [
    { right: /(\bcatch \(([\w$]+)(?:: [\w$]+)?\) \{\n)[^\n]*;\n([ \t]*throw \2;\n[ \t]*\})/g, wrong: "$1$3" },
    {
      right: /^([ \t]*)(return await [^;\n]+;)$/gm,
      wrong: "$1try {\n$1  $2\n$1} catch (error) {\n$1  throw error;\n$1}",
    },
  ],
  "error-not-thrown": [
    { right: /^([ \t]*(?:(?:else )?if \([^\n]*\) |else )?)throw (new [\w$]*Error\([^;]*\);)$/gm, wrong: "$1$2" },
  ],
  "finally-overrides": [
    {
      right: /(\} finally \{\n(?:[^{}\n]*;\n){1,3})([ \t]*)\}\n(?:\n)?[ \t]*(return [^;\n]+;\n)/g,
      wrong: "$1$2  $3$2}\n",
    },
    { right: /^([ \t]*)(\} finally \{\n)(?=(?:[^{}\n]*;\n){1,3}\1\})/gm, wrong: "$1$2$1  return;\n" },
  ],
  "lost-cause": [
    {
      right: /(\bnew (?:Type|Range|Syntax)?Error\((?:"[^"\n]*"|'[^'\n]*'|`[^`\n]*`)), \{ cause(?:: [\w$]+)? \}\)/g,
      wrong: "$1)",
    },
  ],
  "lost-error": [
    {
      right:
        /(\bconst ([\w$]+)(?:: [\w$.]+)? = new [\w$.]*Error\([^;]*?\);\n(?:[ \t]*\2\.[^\n]*;\n)+)[ \t]*throw \2;\n/g,
      wrong: "$1",
    },
    {
      right:
        /((?:\bfunction ?|[(,] ?)\(?(err|error), [^()\n]*\)(?: =>)? \{\n)[ \t]*if \(\2\) (?:return\b[^;\n]*|throw \2);\n/g,
      wrong: "$1",
    },
    {
      right:
        /((?:\bfunction ?|[(,] ?)\(?(err|error), [^()\n]*\)(?: =>)? \{\n)([ \t]*)if \(\2\) \{\n(?:[^{}\n]*\n){1,2}\3\}\n/g,
      wrong: "$1",
    },
  ],
  "reject-non-error": [{ right: /\breject\(new Error\(("[^"\n]*"|`[^`\n]*`|'[^'\n]*')\)\)/g, wrong: "reject($1)" }],
  "swallowed-error": [
    { right: /catch \((\w+)\) \{\s*throw [^}]*\}/g, wrong: "catch {}" },
    {
      right:
        /(\btry \{\n(?:(?!.*(?:\breturn\b| = ))[^\n]*\n){1,6}?[ \t]*\} )catch \((\w+)\) \{\s*[\w$.]+\([^{}\n]*\2[^{}\n]*\);?\s*\}/g,
      wrong: "$1catch {}",
    },
  ],
  "thrown-non-error": [{ right: /\bthrow new Error\(("[^"\n]*"|`[^`\n]*`|'[^'\n]*')\)/g, wrong: "throw $1" }],
  "unchecked-response-status": [
    { right: /\n[ \t]*if \(![\w$]+\.ok\) (?!\{)[^\n]*;?/g, wrong: match => (isFetched(match) ? "" : undefined) },
    {
      right: /\n([ \t]*)if \(![\w$]+\.ok\) \{\n(?:\1[ \t][^\n]*\n){1,6}?\1\}(?! else)/g,
      wrong: match => (isFetched(match) ? "" : undefined),
    },
  ],
};

function isFetched({ index, input }: RegExpExecArray): boolean {
  return /\bfetch\(/.test(input.slice(Math.max(0, index - 800), index));
}
