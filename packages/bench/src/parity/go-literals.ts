/** Reads lists of composite literals out of Go's test files, as far as they are written down. */

/** The fields of a literal, each with its text in Go. */
export type GoFields = ReadonlyMap<string, string>;

/** A field's text, and the place behind it. */
interface Piece {
  readonly text: string;
  readonly end: number;
}

const TOKEN = /`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[{}()[\],:]/g;

/** The elements of every list `[]…<type>{…}` in a file. */
export function goLists(source: string, type: string): readonly { readonly fields: GoFields; readonly line: number }[] {
  const head = new RegExp(String.raw`\[\](?:\w+\.)?${type}\{`, "g");
  return [...source.matchAll(head)].flatMap(match => elementsOf(source, match.index + match[0].length));
}

/** The elements of a list that opens in a text: `{…}, {…}`. */
export function goElements(text: string): readonly GoFields[] {
  const open = text.indexOf("{");
  return open < 0 ? [] : elementsOf(text, open + 1).map(({ fields }) => fields);
}

/** The text that a sum of Go's string literals stands for; undefined where anything else is in it. */
export function goText(expression: string): string | undefined {
  let text = "";
  const rest = expression.replace(/`([^`]*)`|"(?:[^"\\\n]|\\.)*"/g, (literal, raw: string | undefined) => {
    text += raw ?? (JSON.parse(literal) as string);
    return "";
  });
  return /^[\s+]*$/.test(rest) && rest.length < expression.length ? text : undefined;
}

function elementsOf(source: string, from: number): { readonly fields: GoFields; readonly line: number }[] {
  const elements: { fields: GoFields; line: number }[] = [];
  for (let at = from; ;) {
    const { text, end } = pieceAt(source, at);
    const open = text.indexOf("{");
    if (open >= 0) elements.push({ fields: fieldsOf(text, open + 1), line: lineOf(source, at + open) });
    if (source[end] !== ",") return elements;
    at = end + 1;
  }
}

function fieldsOf(source: string, from: number): GoFields {
  const fields = new Map<string, string>();
  for (let at = from; ;) {
    const { text, end } = pieceAt(source, at);
    const [, name, value] = /^\s*(?:\/\/[^\n]*\n\s*)*(\w+):([\s\S]*)$/.exec(text) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, value.trim());
    if (source[end] !== ",") return fields;
    at = end + 1;
  }
}

/** The text up to the comma or the bracket that ends it. */
function pieceAt(source: string, from: number): Piece {
  TOKEN.lastIndex = from;
  let depth = 0;
  for (let match = TOKEN.exec(source); match; match = TOKEN.exec(source)) {
    const [token] = match;
    if ("{([".includes(token)) depth += 1;
    else if ("})]".includes(token)) depth -= 1;
    if (depth < 0 || (depth === 0 && token === ",")) return { text: source.slice(from, match.index), end: match.index };
  }
  return { text: source.slice(from), end: source.length };
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}
