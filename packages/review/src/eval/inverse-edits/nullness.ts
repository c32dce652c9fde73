/** Values that may be missing. */
import type { EditTable } from "./edit.ts";

export const nullness: EditTable = {
  "inconsistent-null-check": [
    {
      right: /\bif \(!([\w$]+)\) (?:return|throw)\b[^;\n]*;(?=\n\n?[^\n]*\b\1\.)/g,
      wrong: 'if (!$1) console.warn("no $1");',
    },
    {
      right: /\bif \(!([\w$]+)\) \{\n([ \t]*)(?:return|throw)\b[^;\n]*;(?=\n[ \t]*\}\n\n?[^\n]*\b\1\.)/g,
      wrong: 'if (!$1) {\n$2console.warn("no $1");',
    },
  ],
  "late-guard": [
    {
      right:
        /^([ \t]*)(if \(!([\w$]+)\) (?:(?:return|throw)\b[^;\n]*;|\{\n\1[ \t]+(?:return|throw)\b[^;\n]*;\n\1\}))\n\n?(\1(?:(?:const|let|var) [^=\n]+ = )?(?:await )?(?:[\w$.]+\()?\3\.[^;\n]*;)$/gm,
      wrong: "$4\n$1$2",
    },
  ],
  "lookup-checked-elsewhere": [
    { right: /(\.(?:get|find)\([^()\n]*\))\?\./g, wrong: "$1.", only: "javascript" },
    {
      right:
        /^([ \t]*)((?:const|let|var) ([\w$]+) = (?:await )?[\w$.]+\([^;\n]*\);\n)\1if \(!\3\) (?:return\b[^;\n]*;|\{\n\1[ \t]+return\b[^;\n]*;\n\1\})\n/gm,
      wrong: "$1$2",
      only: "javascript",
    },
  ],
  "null-dereference": [
    { right: /\bif \(([\w$]+) (?:!==?) (?:null|undefined)\) /g, wrong: "if ($1 === undefined) " },
    { right: /\b([\w$]+) ===? (null|undefined)(?= \? [^:?\n]* : \1\.)/g, wrong: "$1 !== $2" },
  ],
  "optional-chain-asserted": [{ right: /\b([\w$]+\?\.[\w$]+)(?=[;,)])/g, wrong: "$1!" }],
  "optional-chain-dereference": [
    { right: /\b([\w$]+)\?\.([\w$]+)\?\.([\w$]+)/g, wrong: "($1?.$2).$3" },
    { right: /\.\.\.\(([\w$.]*\?\.[\w$.?]+) \?\? \[\]\)/g, wrong: "...$1" },
  ],
  "unchecked-lookup": [
    {
      right:
        /^([ \t]*)((?:const|let|var) ([\w$]+)(?:: [^=\n]+)? = (?:await )?[^;\n]*\([^;\n]*\);\n)\1if \((?:!\3|\3 === (?:null|undefined))\) (?:(?:return|throw)\b[^;\n]*;|\{\n\1[ \t]+(?:return|throw)\b[^;\n]*;\n\1\})\n/gm,
      wrong: "$1$2",
    },
  ],
  "undefined-in-label": [
    { right: /(\$\{[\w$.]*\?\.[\w$.?]+) (?:\?\?|\|\|) (?:"[^"\n]*"|'[^'\n]*')\}/g, wrong: "$1}" },
    { right: /(`[A-Z][a-z]+ [^`$\n]*\$\{[\w$]+)\.([\w$]+\})/g, wrong: "$1?.$2" },
  ],
  "undefined-in-text": [{ right: /\$\{([\w$.?]+) \?\? (?:"[^"\n]*"|'[^'\n]*')\}/g, wrong: "${$1}" }],
  "zero-as-missing": [
    { right: /\b([\w$.]+) \?\? (\d+)/g, wrong: "$1 || $2" },
    { right: /\bif \(([\w$.]+) !== undefined\)/g, wrong: "if ($1)" },
  ],
};
