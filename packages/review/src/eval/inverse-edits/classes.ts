/** Constructors and accessors. */
import type { EditTable } from "./edit.ts";
import { withOtherField } from "./other-names.ts";

export const classes: EditTable = {
  "accessor-mismatch": [
    {
      right:
        /\bget ([\w$]+)\(\)[^{}\n]*\{\s*return this\.([#\w$]+);?\s*\},?\s*set \1\(([\w$]+)[^()\n]*\)[^{}\n]*\{\s*this\.\2 = \3\b/g,
      wrong: match => withOtherField(match),
    },
  ],
  "constructor-returns": [
    { right: /(\bconstructor\([^()]*\) \{\n[ \t]*)this\.([\w$]+) = ([\w$]+);/g, wrong: "$1return { $2: $3 };" },
    {
      right: /(\bconstructor\([^()]*\) \{\n[ \t]*super\([^()\n]*\);\n[ \t]*)this\.([\w$]+) = ([\w$]+);/g,
      wrong: "$1return { $2: $3 };",
    },
  ],
  "getter-without-return": [
    { right: /(\bget [\w$]+\(\)[^{}\n]*\{\s*)return (this\.[^;{}\n]+;\s*\})/g, wrong: "$1$2", only: "javascript" },
  ],
  "setter-ignores-value": [
    {
      right: /(\bset ([\w$]+)\(([\w$]+)[^()\n]*\)[^{}\n]*\{\s*(?:[^{}\n]*\n){0,2}[^{}\n]* = )\3(?=;?\s*\})/g,
      wrong: "$1this.$2",
    },
  ],
  "this-before-super": [
    { right: /^([ \t]*super\([^;\n]*\);\n)([ \t]*this\.[^;\n]+;\n)/gm, wrong: "$2$1", only: "javascript" },
  ],
  "unbound-this": [{ right: /\(\) => (this\.[\w$]+)\(\)/g, wrong: "$1" }],
};
