/** Calls with other arguments, or of other things, than they need. */
import type { EditTable } from "./edit.ts";
import { withMoreArguments } from "./arguments.ts";
import { isLocalFunction } from "./surroundings.ts";

export const calls: EditTable = {
  "callback-without-return": [{ right: /\.map\(\(?([\w$]+)\)? => ([^(){}]+)\)/g, wrong: ".map($1 => { $2; })" }],
  "discarded-pure-result": [
    {
      right:
        /^([ \t]*)(?:const |let )?([\w$]+) = \2\.(trim|replace|replaceAll|concat|slice|filter|toLowerCase|toUpperCase|padStart)\(/gm,
      wrong: "$1$2.$3(",
    },
  ],
  "extra-arguments": [
    {
      right: /(?<!\bfunction |[\w$.])([\w$]+)\(([\w$., ]+)\)(?! (?:\{|=>))/g,
      wrong: match => withMoreArguments(match),
      only: "javascript",
    },
  ],
  "foreach-returns-value": [
    {
      right:
        /^([ \t]*)for \(const ([\w$]+) of ([\w$.]+)\) \{\n((?:(?!.*\b(?:break|continue|await|yield|for|while)\b)\1[ \t][^\n]*\n){0,5}?(?!.*\b(?:await|yield)\b)\1[ \t][^\n]*\breturn [^;\n]+;?\n(?:\1[ \t]+\}\n)?\1)\}$/gm,
      wrong: "$1$3.forEach($2 => {\n$4});",
    },
    {
      right: /\bfor \(const ([\w$]+) of ([\w$.]+)\) (if \([^\n]*\) return [^;\n]+;)/g,
      wrong: "$2.forEach($1 => { $3 });",
    },
  ],
  "missing-arguments": [
    {
      right: /(?<!\bfunction |[\w$.])([\w$]+)\(([\w$., ]+), [\w$.]+\)(?! (?:\{|=>))/g,
      wrong: match => (isLocalFunction(match) ? `${match[1]}(${match[2]})` : undefined),
      only: "javascript",
    },
    { right: /\bMath\.pow\(([^(),]+), [^(),]+\)/g, wrong: "Math.pow($1)", only: "javascript" },
  ],
  "not-callable": [{ right: /\bnew (Map|Set|WeakMap|WeakSet|Promise|URL)\(/g, wrong: "$1(", only: "javascript" }],
  "not-constructable": [
    { right: /(?<![\w$.]|\bnew )(Symbol|BigInt)\(/g, wrong: "new $1(", only: "javascript" },
    { right: /\bJSON\.parse\(/g, wrong: "new JSON(", only: "javascript" },
  ],
  "type-mismatch": [
    {
      right: /\.(map|filter|every|some|find)\(\(?([\w$]+)\)? => \2\.([\w$]+)\)/g,
      wrong: '.$1("$3")',
      only: "javascript",
    },
  ],
  "void-result-used": [
    { right: /(\b(?:const|let) [\w$]+ = )([\w$.]+)\.map\(/g, wrong: "$1$2.forEach(" },
    { right: /\breturn ([\w$.]+)\.map\(/g, wrong: "return $1.forEach(" },
  ],
  "wrong-builtin-argument": [
    { right: /(\bJSON\.stringify\([^(),\n]+), (?:null|undefined), (\d|"\\t"|'\\t')\)/g, wrong: "$1, $2)" },
    { right: /\b(Math\.(?:max|min))\(\.\.\.([\w$.]+)\)/g, wrong: "$1($2)", only: "javascript" },
    { right: /\.findIndex\(/g, wrong: ".indexOf(" },
    { right: /\b([\w$.]+)\.slice\(-(\d)\)/g, wrong: "$1.substring(-$2)" },
    { right: /\bNumber\.isInteger\(Number\(([\w$.]+)\)\)/g, wrong: "Number.isInteger($1)" },
  ],
};
