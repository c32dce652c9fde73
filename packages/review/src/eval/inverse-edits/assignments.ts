/** Values and keys that are set in vain, twice or for all. */
import type { EditTable } from "./edit.ts";
import { isOnlyAssignment } from "./surroundings.ts";

export const assignments: EditTable = {
  "assignment-in-condition": [{ right: /\bif \(([\w$.]+) ===? ([\w$."']+)\)/g, wrong: "if ($1 = $2)" }],
  "constant-reassigned": [{ right: /\blet (?=[\w$]+ = )/g, wrong: "const ", only: "javascript" }],
  "dead-store": [
    {
      right: /^([ \t]*)((?:let |var )?([\w$]+)(?:: [\w$]+)? = [^;\n]*[(.+`][^;\n]*;\n\1)\3 \+= /gm,
      wrong: "$1$2$3 = ",
    },
    {
      right:
        /^([ \t]*)((?:let |var )?([\w$]+)(?:: [\w$]+)? = [\w$.]+\((?!\3\b)([\w$.]+)[^;\n]*\);\n\1\3 = (?:(?!\b\3\b)[^;\n])*)\b\3\b/gm,
      wrong: "$1$2$4",
    },
  ],
  "default-computed-once": [
    { right: /\bdefault: \(\) => (new Date\(\)|[\w$.]+\(\))/g, wrong: "default: $1" },
    { right: /\bdefault: Date\.now\b(?!\()/g, wrong: "default: Date.now()" },
    { right: /\.default\(\(\) => (new Date\(\)|[\w$.]+\(\))\)/g, wrong: ".default($1)" },
  ],
  "duplicate-key": [
    {
      right: /^([ \t]*)([\w$]+)(: [^\n]*,\n)\1(?!\2:)[\w$]+(?=: [^\n]*,?\n)/gm,
      wrong: "$1$2$3$1$2",
      only: "javascript",
    },
  ],
  "mutated-shared-default": [
    {
      right:
        /\{ \.\.\.((?:[\w$]+\.)*(?:[A-Z_]*DEFAULT[A-Z_]*|default[A-Z][\w$]*|[A-Z_]*INITIAL[A-Z_]*)), \.\.\.([\w$.]+) \}/g,
      wrong: "Object.assign($1, $2)",
    },
    {
      right:
        /\bObject\.assign\(\{\}, ((?:[\w$]+\.)*(?:[A-Z_]*DEFAULT[A-Z_]*|default[A-Z][\w$]*|defaults|[A-Z_]*INITIAL[A-Z_]*)), /g,
      wrong: "Object.assign($1, ",
    },
  ],
  "never-assigned": [
    {
      right: /(?<=[;{}]\n)[ \t]*([\w$]+) = [^;\n]+;\n/g,
      wrong: match => (isOnlyAssignment(match) ? "" : undefined),
    },
  ],
  "overwritten-element": [
    {
      right:
        /^([ \t]*)([\w$]+(?:\.[\w$]+)*)\.([\w$]+)( = [\w$]+(?:\.[\w$]+)+;?\n)\1\2\.(?!\3\b)[\w$]+(?= = (?!.*\b\3\b)[\w$]+(?:\.[\w$]+)+;?$)/gm,
      wrong: "$1$2.$3$4$1$2.$3",
    },
  ],
  "self-assignment": [{ right: /^([ \t]*)(this\.([\w$]+)) = \3;$/gm, wrong: "$1$2 = $2;" }],
  "unused-increment": [
    { right: /^([ \t]*)([\w$]+(?:\.[\w$]+)*)(\+\+|--)(;?)$/gm, wrong: "$1$2 = $2$3$4" },
    { right: /\breturn ([\w$]+) \+ 1;/g, wrong: "return $1++;" },
  ],
};
