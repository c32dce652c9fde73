/** Conditions that do not ask what they were meant to ask. */
import type { EditTable } from "./edit.ts";
import { withOtherEnum } from "./other-names.ts";

export const conditions: EditTable = {
  "constant-condition": [
    { right: /\b([\w$.]+) ===? ("[^"\n]*"|'[^'\n]*') \|\| \1 ===? ("[^"\n]*"|'[^'\n]*')/g, wrong: "$1 === $2 || $3" },
  ],
  "contradictory-condition": [{ right: /\b([\w$.]+) (<=? -?[\d.]+) \|\| \1 (>=? -?[\d.]+)/g, wrong: "$1 $2 && $1 $3" }],
  "duplicate-condition": [
    { right: /(\bif \(([^()\n]+)\)[^\n]*\n(?:[^\n]*\n){0,3}?[ \t]*(?:\} )?else if \()[^()\n]+\)/g, wrong: "$1$2)" },
  ],
  "empty-collection-check": [
    { right: /\.length > 0\b/g, wrong: ".length >= 0" },
    { right: /(\.indexOf\([^()\n]*\)) (?:!==? -1|>= 0|> -1)/g, wrong: "$1 > 0" },
  ],
  "enum-mismatch": [
    {
      right: /( & | [<>]=? )([A-Z][\w$]*)\.([A-Z][\w$]*)\b/g,
      wrong: match => withOtherEnum(match),
    },
    {
      right: /([!=]==? |\bcase )([A-Z][\w$]*)\.([A-Z][\w$]*)\b/g,
      wrong: match => withOtherEnum(match),
      only: "javascript",
    },
  ],
  "env-as-boolean": [
    {
      right: /(\bprocess\.env\.\w*(?:ENABLE|DISABLE|USE_|IS_|ALLOW)\w*) ===? (["'])(?:true|1|yes|on)\2/g,
      wrong: "!!$1",
    },
  ],
  "identical-branches": [{ right: / \? ([\w$.]+) : (?!\1\b)[\w$.]+/g, wrong: " ? $1 : $1" }],
  "impossible-comparison": [
    {
      right: /(\.toLowerCase\(\) [!=]==? ["'])([a-z])/g,
      wrong: ({ 1: head = "", 2: letter = "" }) => head + letter.toUpperCase(),
    },
    {
      right: /(\.toUpperCase\(\) [!=]==? ["'])([A-Z])/g,
      wrong: ({ 1: head = "", 2: letter = "" }) => head + letter.toLowerCase(),
    },
    { right: /(\.(?:lastI|i)ndexOf\([^()\n]*\) [!=]==?) -1/g, wrong: "$1 false", only: "javascript" },
  ],
  "index-as-boolean": [
    { right: /\bif \((!?[\w$.]+)\.includes\(/g, wrong: "if ($1.indexOf(" },
    { right: /\bif \(([\w$.]+\.indexOf\([^()]*\)) (?:!==? -1|>= 0|> -1)\)/g, wrong: "if ($1)" },
  ],
  "redundant-check": [
    {
      right:
        /^([ \t]*)(if \(!([\w$]+)\) (?:(?:return|throw)\b[^;\n]*;|\{\n\1[ \t]+(?:return|throw)\b[^;\n]*;\n\1\})\n\n?\1)((?!const |let |var |if |for |while |return|throw|try|switch)[\w$][^\n]*;)$/gm,
      wrong: "$1$2if ($3) $4",
    },
  ],
  "value-object-equality": [
    { right: /([\w$.]+)\.getTime\(\) ([!=]==) ([\w$.]+)\.getTime\(\)/g, wrong: "$1 $2 $3" },
    { right: /([\w$.]+)\.(href|source) ([!=]==) ([\w$.]+)\.\2\b/g, wrong: "$1 $3 $4" },
  ],
};
