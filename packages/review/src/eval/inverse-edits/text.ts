/** Texts and what is made of them. */
import type { EditTable } from "./edit.ts";

export const text: EditTable = {
  "array-join-for-repeat": [
    {
      right: /("[^"\n]*"|'[^'\n]*')\.repeat\(((?:[\w$.]*[cC]ount|[\w$.]*[tT]imes|[\w$.]+ - [\w$.]+))\)/g,
      wrong: "Array($2).join($1)",
    },
    { right: /\b([\w$.]+)\.padEnd\(([\w$.]+)\)/g, wrong: '$1 + Array($2 - $1.length).join(" ")' },
    { right: /\b([\w$.]+)\.padStart\(([\w$.]+)\)/g, wrong: 'Array($2 - $1.length).join(" ") + $1' },
  ],
  "char-at-comparison": [
    { right: /(?<![!.\w$])([\w$.]+)\.startsWith\((["'][^"'\n\\]{2,}["'])\)/g, wrong: "$1[0] === $2" },
    { right: /(?<![!.\w$])([\w$.]+)\.endsWith\((["'][^"'\n\\]{2,}["'])\)/g, wrong: "$1.at(-1) === $2" },
    { right: /(\[0\]|\.charAt\(\d\)) ([!=]==?) (["'])([^"'\n\\])\3/g, wrong: "$1 $2 $3$4$4$3" },
  ],
  "file-url-by-hand": [{ right: /\bfileURLToPath\((import\.meta\.url)\)/g, wrong: "new URL($1).pathname" }],
  "format-arity": [
    {
      right:
        /(\b(?:console\.(?:log|info|warn|error)|(?:util\.)?format|debug)\((["'`])[^"'`\n]*%[sdijoOf][^"'`\n]*\2(?:, [\w$.]+)+), [\w$.]+\)/g,
      wrong: "$1)",
    },
  ],
  "identity-replacement": [
    { right: /(\.replace(?:All)?\([^,\n]+, (["']))\\\\(["'/nrt])\2/g, wrong: "$1\\$3$2" },
    { right: /\.replace\(\/(\w|[-_ ,;:"'@#]|\\[nrt])\/g, (["'])[^"'\n]*\2\)/g, wrong: ".replace(/$1/g, $2$1$2)" },
    { right: /\.replaceAll\(("[^"\n]+"|'[^'\n]+'), (?:"[^"\n]*"|'[^'\n]*')\)/g, wrong: ".replaceAll($1, $1)" },
  ],
  "lossy-split": [
    {
      right:
        /\bconst ([\w$]+) = ([\w$.]+)\.indexOf\((["'][=:]["'])\);\n(?:[^\n]*\n){0,5}[^\n]*?\2\.(?:slice|substring|substr)\(\1 \+ 1\)/g,
      wrong: match => withSplit(match),
    },
    { right: /(\b(?:const|let) \[[\w$]+), \.\.\.([\w$]+)\](?= = [\w$.]+\.split\(["'][=:]["']\))/g, wrong: "$1, $2]" },
  ],
  "missing-space-in-concatenation": [{ right: /(\w[.,]?) (["'`]\s*\+\n?[ \t]*["'`][A-Za-z])/g, wrong: "$1$2" }],
  "mixed-plus": [
    { right: /\b([\w$.]+)\.getTime\(\) \+ /g, wrong: "$1 + " },
    { right: /\[\.\.\.([\w$.]+), \.\.\.([\w$.]+)\]/g, wrong: "$1 + $2" },
    { right: /= ([\w$.]+)\.concat\(([\w$.]+)\)/g, wrong: "= $1 + $2" },
    { right: /([+]=?) BigInt\(([\w$.]+)\)/g, wrong: "$1 $2" },
  ],
  "object-in-string": [
    { right: /\$\{JSON\.stringify\(([\w$.]+)\)\}/g, wrong: "${$1}" },
    { right: /\$\{await ([\w$.]+\([^(){}]*\))\}/g, wrong: "${$1}" },
  ],
  "replace-first-only": [{ right: /\.replaceAll\((["'])/g, wrong: ".replace($1" }],
  "suffix-check-by-index": [
    { right: /\b([\w$.]+)\.endsWith\(([\w$]+)\)/g, wrong: "$1.lastIndexOf($2) === $1.length - $2.length" },
  ],
  "template-in-plain-string": [{ right: /`([^`\n"]*\$\{[\w$.]+\}[^`\n"]*)`/g, wrong: '"$1"' }],
};

/** What was cut at a position is split there. */
function withSplit({ 0: cut, 1: at = "", 2: text = "", 3: separator = "" }: RegExpExecArray): string {
  return cut
    .replace(`.indexOf(${separator})`, () => `.split(${separator})`)
    .replaceAll(`${text}.slice(0, ${at})`, () => `${at}[0]`)
    .replaceAll(`${text}.substring(0, ${at})`, () => `${at}[0]`)
    .replace(/[\w$.]+\([\w$]+ \+ 1\)$/, () => `${at}[1]`);
}
