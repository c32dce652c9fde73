/** What the text around a match says of the names in it: declared, filled, read or called where, and with which parameters. */

/** The names of the parameters of a function that a file declares; undefined where it declares none of that name. */
export function parametersOf(text: string, name: string): readonly string[] | undefined {
  if (text !== lastText) {
    lastText = text;
    functions = new Map([...text.matchAll(FUNCTION)].map(match => [nameIn(match), namesIn(match)]));
  }
  return functions.get(name);
}

/** Declarations, functions in constants, and methods. */
const FUNCTION =
  /\bfunction ([\w$]+)\(([^()]*)\)|\b(?:const|let|var) ([\w$]+) = (?:async )?(?:function )?\(([^()]*)\)(?: =>| \{)|^[ \t]+(?:async |static |private |public )*(?!if\b|for\b|while\b|switch\b|catch\b)([\w$]+)\(([^()]*)\)(?:: [^{}\n]+)? \{$/gm;

/** All places of one text ask in turn. */
let lastText = "";
let functions: ReadonlyMap<string, readonly string[]> = new Map();

function nameIn({ 1: declared, 3: assigned, 5: method }: RegExpExecArray): string {
  return declared ?? assigned ?? method ?? "";
}

function namesIn({ 2: declared, 4: assigned, 6: method }: RegExpExecArray): readonly string[] {
  const parameters = (declared ?? assigned ?? method ?? "").split(",").map(parameter => parameter.trim());
  return parameters.filter(parameter => parameter !== "").map(text => /^[\w$]+/.exec(text)?.[0] ?? text);
}

/** Whether the file declares the function that group 1 names. */
export function isLocalFunction({ 1: name = "", input }: RegExpExecArray): boolean {
  return parametersOf(input, name) !== undefined;
}

/** Whether the name in group 1 stands in the rest of the block, behind the match. */
export function isReadLater(match: RegExpExecArray): boolean {
  return usesOf(match[1] ?? "", restOfBlock(match.input, match.index + match[0].length)) > 0;
}

/** Whether the innermost function around a match is async, as far as lines tell. */
export function isInAsync({ index, input }: RegExpExecArray): boolean {
  const heads = [...input.slice(Math.max(0, index - 3000), index).matchAll(/^.*(?:=>|\)(?:: [^\n]+)?) \{$/gm)];
  const last = heads.findLast(([line]) => !/^\s*(?:\} )?(?:if|else|for|while|switch|try|catch|do)\b/.test(line));
  return last !== undefined && /\basync\b/.test(last[0]);
}

/** Whether the match is the one place that fills the collection in group 1, which starts empty, stays here and is read. */
export function isOnlyFill({ 1: name = "", input }: RegExpExecArray): boolean {
  const plain = escaped(name);
  const count = (source: string): number => [...input.matchAll(new RegExp(source, "g"))].length;
  const reads = count(String.raw`(?<![\w$.])${plain}(?:\.(?!push|unshift|add|set)|\[)|\bof ${plain}\)`);
  const fills = [...input.matchAll(fillOf(name))].length;
  return fills === 1 && reads > 0 && emptyStart(input, name) !== undefined && usesOf(name, input) === 2 + reads;
}

/** Whether the match is the one assignment to the variable in group 1, which starts without a value and is read elsewhere. */
export function isOnlyAssignment({ 1: name = "", input }: RegExpExecArray): boolean {
  const plain = escaped(name);
  const count = (source: string): number => [...input.matchAll(new RegExp(source, "g"))].length;
  if (count(String.raw`\b(?:let|var) ${plain}(?:: [^=;\n]+)?;`) !== 1) return false;
  const writes = count(String.raw`(?<![\w$.])${plain} (?:[-+*/%&|^?]+)?=(?!=)|(?<![\w$.])${plain}(?:\+\+|--)`);
  const others = count(String.raw`(?<![\w$])(?:[\w$]+: |\(|\[|, )${plain}(?:[,)\]}]| =>)`);
  return writes === 1 && usesOf(name, input) > 2 + others;
}

/** `return filled;` that answers with what the collection was at first; undefined where the function reads it elsewhere too. */
export function withEmptyAnswer(match: RegExpExecArray): string | undefined {
  const { 1: head = "", 2: name = "", index, input } = match;
  const from = input.lastIndexOf(`const ${name}`, index);
  if (from < 0 || index - from > 3000) return undefined;
  const part = input.slice(from, index);
  const start = emptyStart(part, name);
  const fills = [...part.matchAll(fillOf(name))].length;
  return start !== undefined && fills > 0 && usesOf(name, part) === fills + 1 ? `${head}${start};` : undefined;
}

function emptyStart(text: string, name: string): string | undefined {
  const start = String.raw`(\[\]|\{\}|new (?:Map|Set)(?:<[^()\n]*>)?\(\))`;
  return new RegExp(String.raw`\b(?:const|let|var) ${escaped(name)}(?:: [^=\n]+)? = ${start};`).exec(text)?.[1];
}

function fillOf(name: string): RegExp {
  return new RegExp(
    String.raw`(?<![\w$.])${escaped(name)}(?:\.(?:push|unshift|add|set)\(|\[[^\]\n]+\] \??=|\.[\w$]+ = )`,
    "g",
  );
}

function usesOf(name: string, text: string): number {
  return [...text.matchAll(new RegExp(String.raw`(?<![\w$.])${escaped(name)}(?![\w$])`, "g"))].length;
}

/** Up to the bracket that closes the block around a place; a few thousand characters at most. */
function restOfBlock(text: string, at: number): string {
  let depth = 0;
  for (let end = at; end < Math.min(text.length, at + 4000); end++) {
    if (text[end] === "{") depth++;
    else if (text[end] === "}" && --depth < 0) return text.slice(at, end);
  }
  return text.slice(at, at + 4000);
}

function escaped(name: string): string {
  return name.replace(/[.$]/g, "\\$&");
}
