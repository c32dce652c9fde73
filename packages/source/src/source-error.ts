/** The one expected failure of this stage: what a person named does not lead to anything. */

/** Thrown for a path or glob that matches nothing; the message is one line that says what, where and how to mend it. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

/** The error for a name that is neither a path nor a glob. */
export function missingPath(argument: string, cwd: string): SourceError {
  return new SourceError(`${quote(argument)} does not exist in ${quote(cwd)}: check the path.`);
}

/** The error for a glob or directory without a file that can be analysed. */
export function nothingFound(argument: string, cwd: string, allIgnored: boolean): SourceError {
  const what = `${quote(argument)} in ${quote(cwd)}`;
  return new SourceError(
    allIgnored
      ? `${what} matches only files that the configuration ignores: change \`ignore\`, or name other files.`
      : `${what} matches no TypeScript or JavaScript file: check it; what is ignored has to be named itself.`,
  );
}

/** Control characters would break the promise of one line. */
function quote(text: string): string {
  return `\`${text.replace(/\p{Cc}/gu, "?")}\``;
}
