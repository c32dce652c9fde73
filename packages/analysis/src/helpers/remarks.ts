/** What an author says of a piece of code in comments. */

/**
 * The comments in a piece of code, apart from those that name the rule: these speak of its reports, not of the code.
 * Text in a string may look like one, which is for the caller to bear: it is for rules that a comment silences.
 */
export function remarksIn(code: string, ruleId: string): readonly string[] {
  const comments = code.match(/\/\/.*|\/\*[^]*?\*\//g) ?? [];
  return comments.filter(comment => !comment.includes(ruleId));
}
