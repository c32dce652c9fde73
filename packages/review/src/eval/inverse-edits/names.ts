/** One name in the place of another. */
import type { EditTable } from "./edit.ts";
import { withArgumentsSwapped, withoutSlot } from "./arguments.ts";
import { withOneNameKept } from "./other-names.ts";
import { isReadLater } from "./surroundings.ts";

export const names: EditTable = {
  "argument-in-wrong-slot": [
    {
      right: /(?<!\bfunction |[\w$.])((?:this\.)?[\w$]+)\(([\w$.]+), ([\w$.]+)(, [\w$.]+)?\)(?! (?:\{|=>))/g,
      wrong: match => withoutSlot(match),
      only: "javascript",
    },
  ],
  "inconsistent-rename": [
    { right: /(?<=^([ \t]*\S.*)\n)[ \t]*\S.*$/gm, wrong: match => withOneNameKept(match[1] ?? "", match[0]) },
  ],
  "near-miss-name": [
    { right: /(["'])utf8\1/g, wrong: "$1uft8$1" },
    { right: /(["']E)([NCXTP])([IOE])([A-Z]{3,}["'])/g, wrong: "$1$3$2$4" },
    {
      right: /\b([\w$]+): ([\w$.]+)\.\1,(\s*)([\w$]+): \2\.\4(,\s*)([\w$]+): \2\.\6(?=[\s,}])/g,
      wrong: "$1: $2.$1,$3$4: $2.$4$5$6: $2.$4",
    },
  ],
  "swapped-arguments": [
    {
      right: /(?<!\bfunction |[\w$.])([\w$]+)\(([\w$.]+(?:, [\w$.]+)+)\)(?! (?:\{|=>))/g,
      wrong: match => withArgumentsSwapped(match),
    },
    { right: /\b([\w$]+): ([\w$.]+)\.\1,(\s*)([\w$]+): \2\.\4(?=[\s,}])/g, wrong: "$1: $2.$4,$3$4: $2.$1" },
  ],
  "undefined-name": [
    { right: /(\bconst [a-z][\w$]{4,})[a-z](?= = )/g, wrong: "$1" },
    { right: /^(?:const|var) [\w$]+ = require\([^()\n]+\);?\n/gm, wrong: "", only: "javascript" },
    { right: /^import (?:\* as [\w$]+|[\w$]+|\{ [\w$]+ \}) from [^\n]+\n/gm, wrong: "", only: "javascript" },
  ],
  "unknown-property": [
    { right: /(?<=(?:[=(,] ?|\breturn ))(this\.[a-z][\w$]{4,})[a-z](?=[.;,)])/g, wrong: "$1" },
    { right: /\.includes\(/g, wrong: ".contains(", only: "javascript" },
    { right: /^([ \t]*[\w$]+)\.push\(/gm, wrong: "$1.add(", only: "javascript" },
  ],
  "unresolved-import": [
    {
      right: /((?:\bfrom |\brequire\()["']\.{1,2}\/(?:[\w.-]+\/)*\w)(\w)(\w)(?=[\w.-]*["'])/g,
      wrong: "$1$3$2",
    },
  ],
  "unused-computed-value": [
    {
      right:
        /(?<=^[ \t]+)const ([\w$]+) = ([\w$]+)(\.(?:filter|map|slice|trim|toSorted|sort|concat|toLowerCase|toUpperCase|replace|replaceAll|reverse|normalize|padStart|substring)\([^;\n]*\);\n(?:(?!.*\b\1\b).*\n){0,3}.*?(?<![\w$.]))\1\b(?!.*\b\1\b)/gm,
      wrong: match => (isReadLater(match) ? undefined : `const ${match[1]} = ${match[2]}${match[3]}${match[2]}`),
    },
  ],
  "used-before-declaration": [
    {
      right: /^([ \t]*)((?:const|let) ([\w$]+) = [^;\n]+;\n)(\1const [\w$]+ = [^;\n]*\b\3\b[^;\n]*;\n)/gm,
      wrong: "$4$1$2",
      only: "javascript",
    },
  ],
};
