/** Slips that no rule is made for: of these, only what is said at all is counted. */
import type { EditTable } from "@review/review/eval";

export const slips: EditTable = {
  "slip:guard-removed": [
    {
      right: /^([ \t]*)if \((?:![\w$.]+|[\w$.]+ ===? (?:null|undefined))\) (?:return|throw)\b[^;\n]*;\n/gm,
      wrong: "",
    },
    {
      right:
        /^([ \t]*)if \((?:![\w$.]+|[\w$.]+ ===? (?:null|undefined))\) \{\n\1[ \t]+(?:return|throw)\b[^;\n]*;?\n\1\}\n/gm,
      wrong: "",
    },
  ],
  "slip:return-dropped": [{ right: /^([ \t]*)return (?=(?:await )?[\w$.]+\([^;\n]*\);?$)/gm, wrong: "$1" }],
  "slip:await-dropped": [{ right: /(?<=(?:= |return |\())await (?=[\w$.]+\()/g, wrong: "" }],
  "slip:optional-dropped": [{ right: /\b([\w$]+)\?\.(?=[\w$])/g, wrong: "$1." }],
  "slip:default-dropped": [{ right: /(?<=[\w$)\]]) (?:\?\?|\|\|) (?:\[\]|\{\}|""|''|0)(?=[;,)])/g, wrong: "" }],
  "slip:negation-dropped": [{ right: /(?<=\b(?:if|while) \()!(?=[\w$.]+[ )])/g, wrong: "" }],
  "slip:and-for-or": [{ right: / \|\| (?=[^;\n]*\) (?:\{|return|throw|continue))/g, wrong: " && " }],
  "slip:or-for-and": [{ right: / && (?=[^;\n]*\) (?:\{|return|throw|continue))/g, wrong: " || " }],
  "slip:arguments-swapped": [
    {
      right: /(?<!\bfunction |\bfunction|\bif |\bwhile |\bfor )\b([\w$.]+)\(([\w$.]+), ([\w$.]+)\)(?! (?:\{|=>))/g,
      wrong: "$1($3, $2)",
    },
  ],
  "slip:less-or-equal": [{ right: /(?<=[\w$)\]]) < (?=[\w$.]+(?:\)|;| &&| \|\|))/g, wrong: " <= " }],
  "slip:offset-dropped": [{ right: /(?<=[\w$)\]]) [+-] 1(?=[\])};,])/g, wrong: "" }],
  "slip:equal-for-unequal": [{ right: / !== /g, wrong: " === " }],
  "slip:break-dropped": [{ right: /\n[ \t]*(?:break|continue);(?=\n)/g, wrong: "" }],
  "slip:call-dropped": [{ right: /(?<=(?:if \(!?|&& !?|\|\| !?|return !?)[\w$]+\.[\w$]+)\(\)(?=[) ;])/g, wrong: "" }],
  "slip:else-dropped": [{ right: /\} else (?=if \()/g, wrong: "} " }],
};
