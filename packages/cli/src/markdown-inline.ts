/** What stands within a line of Markdown: code, emphasis, links. */

/** Stands for a blank within code, at which no line ends. */
const KEPT = "\u00A0";

/** Breaks a text into lines of at most so many columns; a longer word keeps its length. */
export function wrapInline(text: string, width: number, colour: boolean): readonly string[] {
  const words = withoutLinks(text)
    .replace(/`[^`]+`/g, code => code.replaceAll(" ", KEPT))
    .split(/ +/);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || visibleWidth(longer, colour) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** Code in cyan and strong words bold, or both as plain text. Their marks go where colour replaces them. */
export function paintInline(text: string, colour: boolean): string {
  const painted = withoutLinks(text)
    .replace(/\*\*([^*]+)\*\*/g, colour ? "\u001B[1m$1\u001B[22m" : "$1")
    .replace(/`([^`]+)`/g, colour ? "\u001B[36m$1\u001B[39m" : "`$1`");
  return painted.replaceAll(KEPT, " ");
}

/** Columns that a text takes when it is painted. */
export function visibleWidth(text: string, colour: boolean): number {
  return withoutLinks(text).replace(colour ? /\*\*|`/g : /\*\*/g, "").length;
}

/** A link with an address is shown with it; one within the repository leads nowhere from a terminal. */
function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label: string, address: string) =>
    /^https?:/.test(address) ? `${label} (${address})` : label,
  );
}
