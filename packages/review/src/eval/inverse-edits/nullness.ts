/** Values that may be missing. */
import type { EditTable } from "./edit.ts";

export const nullness: EditTable = {
  "inconsistent-null-check": [
    {
      right: /\bif \(!([\w$]+)\) (?:return|throw)\b[^;\n]*;(?=\n\n?[^\n]*\b\1\.)/g,
      wrong: 'if (!$1) console.warn("no $1");',
    },
    {
      right: /\bif \(!([\w$]+)\) \{\n([ \t]*)(?:return|throw)\b[^;\n]*;(?=\n[ \t]*\}\n\n?[^\n]*\b\1\.)/g,
      wrong: 'if (!$1) {\n$2console.warn("no $1");',
    },
  ],
  "late-guard": [
    {
      right:
        /^([ \t]*)(if \(!([\w$]+)\) (?:(?:return|throw)\b[^;\n]*;|\{\n\1[ \t]+(?:return|throw)\b[^;\n]*;\n\1\}))\n\n?(\1(?:(?:const|let|var) [^=\n]+ = )?(?:await )?(?:[\w$.]+\()?\3\.[^;\n]*;)$/gm,
      wrong: "$4\n$1$2",
    },
  ],
  "lookup-checked-elsewhere": [
    {
      right: /([\w$.]+\.(?:get|find)\()([^()\n]*\))\?\./g,
      wrong: ({ 1: lookup = "", 2: key = "", input }) => (isRepeated(lookup, input) ? `${lookup}${key}.` : undefined),
      only: "javascript",
    },
    {
      right:
        /(?<=\b(?:const|let|var) ([\w$]+) = (?:await )?)([\w$.]+\()([^;\n]*\);\n)([ \t]*)if \(!\1\) (?:return\b[^;\n]*;|\{\n\4[ \t]+return\b[^;\n]*;\n\4\})\n/g,
      wrong: ({ 2: lookup = "", 3: key = "", input }) => (isRepeated(lookup, input) ? lookup + key : undefined),
      only: "javascript",
    },
  ],
  "nan-as-missing": [
    { right: /\bNumber\(([\w$.]+(?:\["\w+"\])?) \?\? ([^()\n]+)\)/g, wrong: "Number($1) ?? $2" },
    { right: /\bNumber\.isNaN\(([\w$.]+)\)/g, wrong: "$1 === undefined" },
  ],
  "null-dereference": [
    {
      right: /\b([\w$]+)\?\.(?=[\w$])/g,
      wrong: match => (startsMissing(match) ? `${match[1]}.` : undefined),
      only: "javascript",
    },
    {
      right: /\bif \(([\w$]+)(?: !==? null)?\) (?=\1\.)/g,
      wrong: match => (startsMissing(match) ? "" : undefined),
      only: "javascript",
    },
    { right: /\b([\w$]+) ===? (null|undefined)(?= \? [^:?\n]* : \1\.)/g, wrong: "$1 !== $2" },
  ],
  "optional-chain-asserted": [
    { right: /(?<![\w$.])([\w$]+\?\.[\w$]+)(?=\.[\w$])/g, wrong: "($1)!", only: "typescript" },
    { right: /(?<=(?:\breturn|[^=!<>]=|=>) )([\w$]+\?\.[\w$]+)(?=[;,)])/g, wrong: "$1!", only: "typescript" },
  ],
  "optional-chain-dereference": [
    { right: /\b([\w$]+)\?\.([\w$]+)\?\.([\w$]+)/g, wrong: "($1?.$2).$3" },
    { right: /\.\.\.\(([\w$.]*\?\.[\w$.?]+) \?\? \[\]\)/g, wrong: "...$1" },
  ],
  "unchecked-lookup": [
    { right: /(\.(?:match|exec|find|get)\([^()\n]*\))\?\.?(?=\[)/g, wrong: "$1!", only: "typescript" },
    {
      right:
        /(?<=\b(?:const|let|var) ([\w$]+) = (?:await )?)([\w$.]+)(\([^;\n]*\);?\n)([ \t]*)if \((?:!\1|\1 ===? (?:null|undefined))\) (?:(?:return|throw)\b[^;\n]*;?|\{\n\4[ \t]+(?:return|throw)\b[^;\n]*;?\n\4\})\n/g,
      wrong: match => (answersNull(match) ? `${match[2]}${match[3]}` : undefined),
      only: "javascript",
    },
  ],
  "undefined-in-label": [
    {
      right:
        /(\$\{(?<!\b(?:[lL]og(?:ger)?|console|debug|warn|[eE]rror)[.(][^\n]*)[\w$.]*\?\.[\w$.?]+) (?:\?\?|\|\|) (?:"[^"\n]*"|'[^'\n]*')\}/g,
      wrong: "$1}",
    },
    { right: /\$\{([\w$.]+) \? \1\.([\w$.]+) : (?:"[^"\n]*"|'[^'\n]*')\}/g, wrong: "${$1?.$2}" },
  ],
  "undefined-in-text": [
    {
      right: /\$\{(?<=`[^`\n]*(?:\/\$|\/[\w-]+\/|[?&][\w-]+=)[^`\n]*)([\w$.?]+) \?\? (?:"[^"\n]*"|'[^'\n]*')\}/g,
      wrong: "${$1}",
    },
  ],
  "zero-as-missing": [
    { right: /(?<!\?\? |[\w$.])([\w$.]+) \?\? ([1-9]\d*)\b(?! \?\?)/g, wrong: "$1 || $2" },
    {
      right:
        /\bif \(([\w$.]*(?:[oO]ffset|[iI]ndex|[pP]ort|[tT]imeout|[dD]elay|[wW]idth|[hH]eight|[mM]in|[mM]ax|[lL]imit|[pP]osition|[pP]age|[lL]evel|[pP]riority|[sS]tart|[eE]nd)) !==? undefined\)/g,
      wrong: "if ($1)",
    },
  ],
};

/** Whether the file looks up in the same way elsewhere. */
function isRepeated(lookup: string, text: string): boolean {
  return text.split(lookup).length > 2;
}

/** Whether the function in group 2 says that it may answer null: one of the language, or one of a file that returns null. */
function answersNull({ 2: callee = "", input }: RegExpExecArray): boolean {
  return /\.(?:match|exec)$/.test(callee) || (/^[\w$]+$/.test(callee) && /\breturn null\b/.test(input));
}

/** Whether the variable in group 1 is null or undefined at first, in as many words. */
function startsMissing({ 1: name = "", index, input }: RegExpExecArray): boolean {
  const before = input.slice(Math.max(0, index - 1500), index);
  const start = String.raw`\b(?:let|var) ${name.replace(/\$/g, "\\$&")}(?:: [^=;\n]+)? = (?:null|undefined);?\n`;
  return new RegExp(start).test(before);
}
