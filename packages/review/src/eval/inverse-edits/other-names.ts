/** One name of the file in the place of another. */

/** The setter's field becomes another one of the file. */
export function withOtherField({ 0: accessors, 2: field = "", input }: RegExpExecArray): string | undefined {
  const fields = [...input.matchAll(/\bthis\.([#_][\w$]+)\b/g)].map(([, name = ""]) => name);
  const other = fields.find(name => name !== field && name !== `_${field}`);
  return other === undefined ? undefined : accessors.replace(/[#\w$]+(?= = [\w$]+$)/, () => other);
}

/** A member of an enum becomes a member of another one that the file declares or imports. */
export function withOtherEnum({ 1: head = "", 2: own = "", input }: RegExpExecArray): string | undefined {
  const members = [...input.matchAll(/\b([A-Z][\w$]*)\.([A-Z][\w$]*)\b(?!\()/g)];
  const isEnum = (name: string): boolean =>
    new RegExp(String.raw`\benum ${name}\b|\bimport [^;"']*[{,] ?${name}\b`).test(input);
  const other = members.find(([, name = ""]) => name !== own && isEnum(name));
  return other && isEnum(own) ? head + other[0] : undefined;
}

/**
 * A line that repeats the one before it with other names keeps the last of the names: undefined unless one name or two are
 * all that is changed, at three places or more, and the last one at several of them.
 */
export function withOneNameKept(before: string, line: string): string | undefined {
  if (/["'`]|^\s*(?:import|export|\/\/|\*)/.test(line)) return undefined;
  const words = /[\w$]+|[^\w$\s]/g;
  const oldWords = before.match(words) ?? [];
  const newWords = [...line.matchAll(words)];
  if (oldWords.length !== newWords.length || oldWords.length < 12) return undefined;
  const changed = newWords.flatMap((word, at) => (word[0] === oldWords[at] ? [] : [{ word, old: oldWords[at] ?? "" }]));
  const last = changed.at(-1);
  const pairs = new Set(changed.map(({ word, old }) => `${old} ${word[0]}`));
  const isRenaming = changed.length > 2 && pairs.size <= 2 && changed.every(({ old }) => /^[A-Za-z_$]/.test(old));
  const isRepeated = changed.filter(({ old }) => old === last?.old).length > 1;
  if (!last || !isRenaming || !isRepeated) return undefined;
  return line.slice(0, last.word.index) + last.old + line.slice(last.word.index + last.word[0].length);
}
