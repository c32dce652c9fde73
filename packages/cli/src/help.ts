/** What help says beyond the options, and how a wrong call is told. */

/** Stands below the options. */
export const AFTER_HELP: string = `
Exit status:
  0    nothing at or above --fail-on
  1    findings
  2    wrong usage or configuration: one line says what, where and how to mend
  3    something could not be analysed: it is named, all else is reported
  4    with --require-suggestions: a finding has no suggestion of the model
  130  interrupted

Examples:
  review                           the files of the current directory
  review src "test/**/*.ts"        some of them
  review --rule floating-promise   one rule
  review --fix                     repair what can be repaired safely
  review -o sarif=review.sarif     for a code host, beside the usual report
  review --suggest                 with a model's suggestions, by OPENAI_API_KEY
                                   or by OPENAI_BASE_URL and REVIEW_MODEL
  review --fix-verified            repair with those that stood every check, too
  review watch                     again for each file as it is saved
  review suggest --dry-run         what would be sent, and what it costs at most
  review fix 3f9c2a                apply the fix of one finding, by its id
  review eval src --model a,b      which model's fixes stand, and at what price
  review explain floating-promise  why it bites and how to repair it
`;

/** Help is for reading: lines as long as a wide terminal are not. */
export function helpWidth(): number {
  return Math.min(process.stdout.columns || 80, 80);
}

/** What was wrong with the call, in the form of every other failure. */
export function asOneLine(text: string): string {
  const message = text
    .replace(/^error: /, "")
    .trim()
    .replace(/\s*\n\s*/g, " ");
  return `review: ${message}${/[.?)]$/.test(message) ? "" : "."} See review --help.\n`;
}
