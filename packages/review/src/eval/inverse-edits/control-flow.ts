/** Loops, jumps and cases. */
import type { EditTable } from "./edit.ts";

export const controlFlow: EditTable = {
  "infinite-recursion": [
    { right: /(\bget ([\w$]+)\(\)[^{}\n]*\{\s*return this\.)[_#]\2(?=;)/g, wrong: "$1$2" },
    { right: /(\bset ([\w$]+)\(([\w$]+)[^()\n]*\)[^{}\n]*\{\s*this\.)[_#]\2(?= = \3;)/g, wrong: "$1$2" },
    {
      right: /^([ \t]*(?:async )?)([\w$]+)(\([^()\n]*\)[^{}\n]*\{\n[ \t]*return (?:await )?)this\.[\w$]+\.\2\(/gm,
      wrong: "$1$2$3this.$2(",
    },
  ],
  "loop-condition-never-changes": [
    { right: /(for \((?:let|var) ([\w$]+) = [^;]+; \2 < [^;]+; )\2\+\+\)/g, wrong: "$1)" },
  ],
  "loop-direction": [{ right: /(for \([^;]+;[^;]*<[^;]*; ?[\w$]+)\+\+\)/g, wrong: "$1--)" }],
  "loop-runs-once": [
    {
      right:
        /^([ \t]*)(for \([^\n]*\) \{\n(?:(?!.*\bcontinue\b)\1[ \t][^\n]*\n){1,12}?)\1\}\n\n?\1(return\b[^;\n]*;)\n/gm,
      wrong: "$1$2$1  $3\n$1}\n",
    },
  ],
  "missing-return": [
    { right: /(\bif \([^\n]*\) (?:\{\s*)?)return this;/g, wrong: "$1return;" },
    {
      right:
        /(\bif \([^\n]*\) (?:\{\s*)?)return ((?!Promise|Buffer|Object|Array|Math|JSON)[A-Z][\w$]*\.[a-z][\w$]*\([^;\n]*\);)/g,
      wrong: "$1$2",
    },
  ],
  "shared-loop-variable": [{ right: /(\bfor \()(?:let|const)(?= )/g, wrong: "$1var" }],
  "switch-fallthrough": [{ right: /\n[ \t]*break;(?=\n[ \t]*(?:case|default)\b)/g, wrong: "" }],
  "switch-not-exhaustive": [
    {
      right:
        /(?<!case (?:"[^"\n]+"|'[^'\n]+'):)\n[ \t]*case (?:"[^"\n]+"|'[^'\n]+'):\n[ \t]*return [^\n]*;?(?=\n[ \t]*\})/g,
      wrong: "",
      only: "typescript",
    },
  ],
  "unreachable-code": [
    {
      right: /^([ \t]*)([\w$.]+\([^;\n]*\);?)\n\n?\1((?:return|throw)\b[^;{}\n]*[\w)\]];?)\n/gm,
      wrong: "$1$3\n$1$2\n",
    },
  ],
};
