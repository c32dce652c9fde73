/** Promises and callbacks. */
import type { EditTable } from "./edit.ts";
import { isLocalFunction } from "./surroundings.ts";

export const promises: EditTable = {
  "async-array-predicate": [
    { right: /\.(filter|some|every|find)\(\(?([\w$]+)\)? => (?!\{)/g, wrong: ".$1(async $2 => " },
  ],
  "async-executor": [{ right: /new Promise(<[^>]*>)?\(\(?(\w+)\)? =>/g, wrong: "new Promise$1(async $2 =>" }],
  "async-listener-may-reject": [
    {
      right: /\bfor \(const ([\w$]+) of ([\w$.]+)\) \{\n([ \t]*await [^\n]*;\n[ \t]*)\}/g,
      wrong: "$2.forEach(async $1 => {\n$3});",
    },
  ],
  "await-lost-in-helper": [
    {
      right: /(?<=(?<![\w$.])([\w$]+)\()await (?=[\w$.]+\([^()\n]*\))/g,
      wrong: match => (isLocalFunction(match) ? "" : undefined),
    },
  ],
  "await-non-promise": [
    { right: /\bawait Promise\.all\(([\w$.]+\.map\([^()\n]+ => [^()\n]*\([^()\n]*\)\))\)/g, wrong: "await $1" },
    { right: /\bawait Promise\.all\(([\w$.]+)\)/g, wrong: "await $1" },
  ],
  "callback-called-twice": [
    {
      right:
        /(\bif \([^\n]*\) (?:\{\s*)?)return ((cb|callback|done|next)\([^;\n]+\);?)(?=\n(?:[^\n]*\n){0,12}?[ \t]*(?:return )?\3\((?:null|undefined|\)))/g,
      wrong: "$1$2",
    },
  ],
  "floating-promise": [
    { right: /^([ \t]*)await ([\w$.]+\([^;{}\n]*\);?)$/gm, wrong: "$1$2" },
    { right: /^([ \t]*)void ([\w$.]+\([^;{}\n]*\);?)$/gm, wrong: "$1$2" },
  ],
  "promise-dropped-on-path": [
    {
      right:
        /^([ \t]*)(if \([^\n]*\) (?:return\b[^;\n]*;|\{\n\1[ \t]+return\b[^;\n]*;\n\1\}))\n(?:\n)?\1const ([\w$]+) = await ([^;\n]+);$/gm,
      wrong: "$1const $3Promise = $4;\n$1$2\n$1const $3 = await $3Promise;",
    },
  ],
  "promise-in-condition": [
    { right: /\bif \(await /g, wrong: "if (" },
    { right: /\bif \(!\(?await ([\w$.]+\([^()]*\))\)?\)/g, wrong: "if (!$1)" },
  ],
  "promise-in-spread-or-template": [{ right: /\.\.\.\(await ([\w$.]+\([^(){}]*\))\)/g, wrong: "...$1" }],
  "promise-never-settles": [
    { right: /\breturn reject\([^;\n]*\);/g, wrong: "return;" },
    { right: /^[ \t]*reject\([^;\n]*\);\n(?=[ \t]*return;)/gm, wrong: "" },
    { right: /\bif \(err(or)?\) reject\(err(or)?\);\n[ \t]*else /g, wrong: "if (!err$1) " },
  ],
  "promise-settled-twice": [{ right: /(\breject\([^;\n]*\);)\n[ \t]*return;/g, wrong: "$1" }],
  "response-sent-twice": [
    {
      right:
        /(\bif \([^\n]*\) (?:\{\s*)?)return ((res|response|reply)\.[^;\n]*\b(?:send|json|end|redirect|render|sendStatus)\([^;\n]*\);?)(?=\n(?:[^\n]*\n){0,15}?[ \t]*(?:return )?\3\.[\w.()]*(?:send|json|end|redirect)\()/g,
      wrong: "$1$2",
    },
    {
      right:
        /((res|response)\.(?:end|send|json)\([^;\n]*\);)\n[ \t]*return;(?=\n(?:[^\n]*\n){0,15}?[ \t]*\2\.[\w.()]*(?:send|json|end|redirect)\([^)])/g,
      wrong: "$1",
    },
  ],
  "return-without-await-in-try": [
    {
      right: /\breturn await (?<=\btry \{\n(?:(?!.*\b(?:catch|finally)\b)[^\n]*\n){0,8}?[^\n]*)/g,
      wrong: "return ",
    },
  ],
  "serial-promise-all": [{ right: /(?<![\w$.])(Promise\.(?:all|allSettled)\(\[\s*)([\w$.]+\()/g, wrong: "$1await $2" }],
  "thenable-object": [
    {
      right:
        /^([ \t]+(?:async )?)(?:next|done|run|exec|execute|after|finish|wait|start|init)(\(\)(?:: [^{}\n]+)? \{)$/gm,
      wrong: "$1then$2",
    },
  ],
  "unhandled-while-awaiting": [
    {
      right: /^([ \t]*)const ([\w$]+) = await ([^;\n]+);\n\1const ([\w$]+) = await ((?:(?!\b\2\b)[^;\n])+);$/gm,
      wrong: "$1const $2Promise = $3;\n$1const $4 = await $5;\n$1const $2 = await $2Promise;",
    },
    {
      right:
        /^([ \t]*)const \[([\w$]+), ([\w$]+)\] = await Promise\.all\(\[\s*([\w$.]+\([^()\n]*\)),\s*([\w$.]+\([^()\n]*\)),?\s*\]\);/gm,
      wrong: "$1const $2Promise = $4;\n$1const $3 = await $5;\n$1const $2 = await $2Promise;",
    },
  ],
};
