/** What an inverse edit is: the way back from a rule's repair to its bug. */

/** One way to break code. */
export interface InverseEdit {
  /** What is right; global. */
  readonly right: RegExp;
  /**
   * What it becomes: as `String.replace` has it, with groups up to `$9`, or what a function makes of the match and of the
   * text around it; undefined where the text around it says that it would be no bug.
   */
  readonly wrong: string | ((match: RegExpExecArray) => string | undefined);
  /** The files in which the bug can be; all if absent. */
  readonly only?: "javascript" | "typescript";
}

/**
 * Inverse edits by the rule that reports their bugs. They are textual and generous: whether a rule then reports the place
 * is for the rule to say, and what it does not report is no case. Names are `[\w$.]+`, which keeps an edit within one
 * expression, and repetitions are bounded, which keeps a search within a few lines.
 */
export type EditTable = Readonly<Record<string, readonly InverseEdit[]>>;
