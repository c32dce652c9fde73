/** Operators in each other's places. */
import type { EditTable } from "./edit.ts";

export const operators: EditTable = {
  "bitwise-for-logical": [
    { right: /\bif \(([^()\n|&]+) && ([^()\n|&]+)\)/g, wrong: "if ($1 & $2)", only: "javascript" },
    { right: /\bif \(([^()\n|&]+) \|\| ([^()\n|&]+)\)/g, wrong: "if ($1 | $2)", only: "javascript" },
  ],
  "chained-comparison": [{ right: /\b([\w$.]+ <=? )([\w$.]+) && \2 (<=? [\w$.]+)/g, wrong: "$1$2 $3" }],
  "identical-operands": [
    { right: /\b([\w$]+(?:\.[\w$]+)*) ([<>]=?|-) (?!\1\b)[a-zA-Z_$][\w$]*(?:\.[\w$]+)*(?=[);])/g, wrong: "$1 $2 $1" },
  ],
  "mistyped-operator": [{ right: / ([+-])= /g, wrong: " =$1 " }],
  "negated-left-operand": [{ right: /!\(([\w$.]+) (in|instanceof) ([\w$.]+)\)/g, wrong: "!$1 $2 $3" }],
  "nullish-precedence": [
    { right: /(?<![\w$])\(([\w$.?]+ (?:\?\?|\|\|) [\w$"'.]+)\) ([*-]|[<>]=?) /g, wrong: "$1 $2 " },
  ],
  "precedence-by-whitespace": [
    { right: /(?<![\w$])\(([\w$.]+) ([+-]) ([\w$.]+)\) ([*/%]) /g, wrong: "$1$2$3 $4 " },
    { right: /(?<![\w$])\(([\w$.]+) & ([\w$.]+)\) (===?|!==?) /g, wrong: "$1&$2 $3 " },
  ],
  "typeof-misspelled": [
    {
      right: /(typeof [\w$.]+ [!=]==? )(["'])(undefined|function|boolean|object|string|number)\2/g,
      wrong: "$1$2$3s$2",
    },
  ],
  "void-operator-misuse": [
    { right: /\bvoid ([\w$.]+)\([^()\n]*\);/g, wrong: "void $1;" },
    { right: /\bawait ([\w$.]+\()/g, wrong: "await void $1" },
  ],
};
