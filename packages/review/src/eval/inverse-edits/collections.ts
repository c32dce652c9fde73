/** Arrays, maps and sets. */
import type { EditTable } from "./edit.ts";
import { isOnlyFill, isReadLater, withEmptyAnswer } from "./surroundings.ts";

export const collections: EditTable = {
  "array-delete": [{ right: /\b([\w$.]+)\.splice\(([\w$]+), 1\);/g, wrong: "delete $1[$2];" }],
  "callback-receives-index": [
    { right: /\.map\(\(?([\w$]+)\)? => (Number\.)?parseInt\(\1, 10\)\)/g, wrong: ".map($2parseInt)" },
    { right: /\.(map|flatMap|forEach)\(\(?([\w$]+)\)? => ([\w$]+)\(\2\)\)/g, wrong: ".$1($3)" },
  ],
  "collection-as-object": [{ right: /\bJSON\.stringify\(\[\.\.\.([\w$.]+)\]\)/g, wrong: "JSON.stringify($1)" }],
  "comparator-sign": [{ right: /\((\w+), (\w+)\) => \1 - \2\)/g, wrong: "($1, $2) => $1 > $2)" }],
  "default-sort": [{ right: /\.(sort|toSorted)\(\(([\w$]+), ([\w$]+)\) => \2 - \3\)/g, wrong: ".$1()" }],
  "empty-collection-read": [
    {
      right: /(?<=[;{}]\n)[ \t]*([\w$]+)\.(?:push|add|set|unshift)\([^\n]*\);\n/g,
      wrong: match => (isOnlyFill(match) ? "" : undefined),
    },
  ],
  "for-in-array": [{ right: /\bfor \(const ([\w$]+) of ([\w$.]+)\)/g, wrong: "for (const $1 in $2)" }],
  "fresh-object-lookup": [{ right: /\.(indexOf|includes|has)\(([\w$.]+)\)/g, wrong: ".$1({ ...$2 })" }],
  "in-on-array": [{ right: /\bif \(([\w$.]+)\.includes\(([\w$]+)\)\)/g, wrong: "if ($2 in $1)" }],
  "misleading-in-place": [
    {
      right: /(?<== )\[\.\.\.([\w$.]+)\](?=\.(?:sort|reverse|fill)\()/g,
      wrong: match => (isReadLater(match) ? match[1] : undefined),
    },
    {
      right: /(?<== )([\w$.]+)\.(?:slice|concat)\(\)(?=\.(?:sort|reverse|fill)\()/g,
      wrong: match => (isReadLater(match) ? match[1] : undefined),
    },
    {
      right: /(?<== )([\w$.]+)\.to(S|R)(ort|everse)e?d(?=\()/g,
      wrong: match => (isReadLater(match) ? `${match[1]}.${(match[2] ?? "").toLowerCase()}${match[3]}` : undefined),
    },
  ],
  "missing-length": [{ right: /(?<=[\w$)\]] )([<>]=?) ([\w$.]+)\.length\b/g, wrong: "$1 $2", only: "javascript" }],
  "mutation-during-iteration": [
    { right: /\bof \[\.\.\.([\w$.]+)\]\)/g, wrong: "of $1)" },
    { right: /\bof ([\w$.]+)\.slice\(\)\)/g, wrong: "of $1)" },
    { right: /\bof Array\.from\(([\w$.]+)\)\)/g, wrong: "of $1)" },
    {
      right:
        /\bfor \((let|var) ([\w$]+) = ([\w$.]+)\.length - 1; \2 >= 0; (?:\2--|--\2|\2 -= 1)\)(?=[^]{0,400}?\b\3\.splice\(\2, 1\))/g,
      wrong: "for ($1 $2 = 0; $2 < $3.length; $2++)",
    },
  ],
  "off-by-one-index": [
    { right: /\b([\w$]+) < ([\w$.]+\.length;)/g, wrong: "$1 <= $2" },
    { right: /\[([\w$.]+)\.length - 1\]/g, wrong: "[$1.length]" },
  ],
  "reduce-without-initial": [
    {
      right:
        /\.reduce\((?<=\.(?:filter|flatMap|slice|keys|values|entries)\([^;{}]{0,200})(\([^()\n]*\) => [^{}\n]+?), (?:0|""|'')\)/g,
      wrong: ".reduce($1)",
    },
  ],
  "shared-fill": [
    {
      right:
        /\bArray\.from\(\{ length: ([^{}()\n]+) \}, \(\) => (\[\]|\(\{[^{}\n]*\}\)|new [\w$]+(?:<[^()\n]*>)?\(\))\)/g,
      wrong: "new Array($1).fill($2)",
    },
    {
      right: /\.fill\((?:null|undefined|0)?\)\.map\(\(\) => (\[\]|\(\{[^{}\n]*\}\)|new [\w$]+\(\))\)/g,
      wrong: ".fill($1)",
    },
  ],
  "spread-of-wrong-kind": [
    { right: /\.\.\.Object\.fromEntries\(([\w$.]+)\)/g, wrong: "...$1" },
    { right: /\{ \.\.\.([\w$.]+)\(\)/g, wrong: "{ ...$1" },
  ],
  "view-buffer-offset": [
    { right: /\b([\w$.]+)\.buffer, \1\.byteOffset, \1\.(?:byteLength|length)\b/g, wrong: "$1.buffer" },
    { right: /\b([\w$.]+)\.buffer\.slice\(\1\.byteOffset, [^()\n]*\)/g, wrong: "$1.buffer" },
  ],
  "written-never-read": [{ right: /^([ \t]*return )([\w$]+);$/gm, wrong: match => withEmptyAnswer(match) }],
};
