/** What may change while something is awaited. */
import type { EditTable } from "./edit.ts";
import { isInAsync } from "./surroundings.ts";

export const concurrency: EditTable = {
  "check-then-act-across-await": [
    {
      right:
        /(\bif \(((?:this\.)?[#\w$]+)\) [^\n]*\n\n?)([ \t]*\2 = true;\n)((?:[ \t]*try \{\n)?[ \t]*(?:(?:const|let) [^=\n]+ = )?await [^;\n]*;\n)/g,
      wrong: "$1$4$3",
    },
    {
      right:
        /(\bif \(!(this\.[#\w$]+)\) (?:\{\s*)?\2 = )(?!await\b|new\b)([\w$.]*\b(?:create|open|connect|start|register|launch|init)\w*\()/g,
      wrong: match => (isInAsync(match) ? `${match[1]}await ${match[3]}` : undefined),
    },
    {
      right:
        /^([ \t]*)(this\.[#\w$]+) (?:\?\?|\|\|)= ([\w$.]*\b(?:create|open|connect|start|register|launch|init)\w*\([^;\n]*\));?$/gm,
      wrong: match => (isInAsync(match) ? `${match[1]}if (!${match[2]}) ${match[2]} = await ${match[3]};` : undefined),
    },
  ],
  "stale-current-target": [
    {
      right:
        /[ \t]*const ([\w$]+) = (\w+)\.currentTarget;\n((?:(?!.*\b\1\b).*\n){0,4}?.*\bawait (?!.*\b\1\b)[^\n]*\n[ \t]*)\1(?=\.)/g,
      wrong: "$3$2.currentTarget",
    },
  ],
  "stale-effect-response": [
    {
      right:
        /[ \t]*let ([\w$]+) = (?:false|true);\n((?:.*\n){1,30}?)[ \t]*return \(\) => \{\n[ \t]*\1 = (?:true|false);\n[ \t]*\};\n/g,
      wrong: match => withoutFlag(match),
    },
  ],
};

/** An effect without the flag that its cleanup sets; undefined where it is tested in other ways than alone. */
function withoutFlag({ 1: flag = "", 2: body = "" }: RegExpExecArray): string | undefined {
  const name = flag.replace(/\$/g, "\\$&");
  const bare = body
    .replace(new RegExp(String.raw`^[ \t]*if \(!?${name}\) return;\n`, "gm"), "")
    .replace(new RegExp(String.raw`\bif \(!?${name}\) (?!\{)`, "g"), "");
  return bare === body || new RegExp(String.raw`\b${name}\b`).test(bare) ? undefined : bare;
}
