/** What an author says of a piece of code in comments. */
import type { Node } from "@review/program/syntax";

/**
 * The comments in a piece of code, apart from those that name the rule: these speak of its reports, not of the code.
 * Text in a string may look like one, which is for the caller to bear: it is for rules that a comment silences.
 */
export function remarksIn(code: string, ruleId: string): readonly string[] {
  const comments = code.match(/\/\/.*|\/\*[^]*?\*\//g) ?? [];
  return comments.filter(comment => !comment.includes(ruleId));
}

/** The line above the one that a node starts on; empty where there is none. */
function lineAbove(node: Node): string {
  const { text } = node.getSourceFile();
  const end = text.lastIndexOf("\n", node.getStart() - 1);
  return end > 0 ? text.slice(text.lastIndexOf("\n", end - 1) + 1, end) : "";
}

/** The line above a node where it is a comment; empty elsewhere. */
export function remarkAbove(node: Node): string {
  const line = lineAbove(node);
  return /^\s*(?:\/\/|\/?\*)/.test(line) ? line : "";
}

/** Whether the line above a node tells the compiler not to report what is wrong there: its author knows of it. */
export function isKnownError(node: Node): boolean {
  return KNOWN_ERROR.test(lineAbove(node));
}

const KNOWN_ERROR = /^[\s{]*\/[/*]+\s*@ts-(?:ignore|expect-error)\b/;
