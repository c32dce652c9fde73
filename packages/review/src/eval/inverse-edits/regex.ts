/** Regular expressions. */
import type { EditTable } from "./edit.ts";
import { groupsIn, inRegex, withNextGroup, withNextIndex } from "./regex-literals.ts";

export const regex: EditTable = {
  "regex-anchor-precedence": [{ right: /\^\(\?:([\w-]+\|[\w|-]+)\)\$/g, wrong: "^$1$" }],
  "regex-duplicate-class": [
    inRegex(/\(\?:([a-z]{2,}(?:\|[a-z]{2,})+)\)/, "[$1]"),
    inRegex(/\[(\^?[,;:|./!?@&+*=\\-]{0,2})([,;:/!?@&])([,;:!?@&.])\]/, "[$1$2|$3|]"),
    inRegex(/\[([^\]\\]*)0-9([^\]\\]*)\]/, "[$10-9$20-9]"),
  ],
  "regex-empty-class": [
    inRegex(/(?<!(?<!\\)\[(?:\\.|[^\]\\])*)\\\[\\\]/, "[]"),
    inRegex(/(?<!(?<!\\)\[(?:\\.|[^\]\\])*|\\)\[\\\]/, "[]"),
  ],
  "regex-invalid": [
    { ...inRegex(/\\\((?!\?)/, "("), only: "javascript" },
    { ...inRegex(/\\\)/, ")"), only: "javascript" },
    { right: /(\.(?:replaceAll|matchAll)\(\/(?:\\.|[^/\\\n])+\/[a-z]*)g/g, wrong: "$1" },
  ],
  "regex-misleading-class": [inRegex(/\[(\^?)\\([wd])/, "[$1\\\\$2"), inRegex(/A-Za-z|a-zA-Z/, "A-z")],
  "regex-missing-group": [
    {
      right: /(\.replace\(\/(?:\\.|[^/\\\n])+\/[dgimsuvy]*, (["'`])[^"'`\n]*)\$1(?=[^\n]*\2\))/g,
      wrong: match => withNextGroup(match),
    },
    {
      right:
        /\b(?:const|let|var) ([\w$]+) = [^\n]*\/(?:\\.|[^/\\\n])+\/[dgimsuvy]*[^\n]*\n(?:.*\n){0,4}?.*?\b\1\[(\d)(?=\])/g,
      wrong: match => withNextIndex(match),
    },
  ],
  "regex-never-matches": [inRegex(/(?<!\\)(\w)\$(?=\/)/, "$$$1"), inRegex(/\\r\\n\|\\r/, "\\r|\\r\\n")],
  "regex-stateful-global": [{ right: /^(const [\w$]+ = \/(?:\\.|[^/\\\n])+\/)(;)$/gm, wrong: "$1g$2" }],
  "regex-super-linear": [
    inRegex(
      /(?<!\()(\\[wds]|\[(?:\\.|[^\]\\])+\])\+(?=[^+*?][^()|]*\$\/)|(?<!\()(\\[wds]|\[(?:\\.|[^\]\\])+\])\+(?=\$\/)/,
      "(?:$1$2+)+",
    ),
  ],
  "regex-unescaped-dot": [{ right: /\\\.(com|org|net|io|dev)\b/g, wrong: ".$1" }],
  "regex-unresolved-backreference": [inRegex(/\\1(?!\d)/, (_, literal) => `\\${groupsIn(literal) + 1}`)],
  "string-for-regex": [
    { right: /\.(replace|split)\(\/(\\?[\w.,-])\/g?,/g, wrong: '.$1("/$2/g",' },
    { right: /\.(replace|split)\(\/\\([wsd])([+*]?)\/g?(?=[,)])/g, wrong: '.$1("\\\\$2$3"' },
    { right: /(\bnew RegExp\((["'])(?:[^"'\\\n]|\\\\[^"'\n])*?)\\\\(?=[dwsb])/g, wrong: "$1\\" },
  ],
};
