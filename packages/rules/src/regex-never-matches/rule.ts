/** Reports assertions that no text can meet, and alternatives that are never chosen. */
import {
  defineRule,
  onRegex,
  regexUses,
  visitRegExpAST,
  type ParsedRegex,
  type Pass,
  type Regex,
  type RegexAST,
  type Rule,
} from "@review/analysis";
import { isCallExpression, isNewExpression, isStringLiteralLikeNode, type Node } from "@review/program/syntax";
import { conflictOf } from "./assertions.ts";
import { shadowedIn } from "./shadowed.ts";

const rule: Rule = defineRule({
  id: "regex-never-matches",
  summary: "A part of a pattern can never match: its surroundings or an earlier alternative rule it out.",
  category: "regex",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Move the assertion to where it can hold, or put the longer alternative first.",
  listen: pass =>
    onRegex(pass, regex => {
      if (regex.parsed && !/\(\?[a-z-]+:/.test(regex.pattern)) check(pass, regex, regex.parsed);
    }),
});
export default rule;

/** A pattern that shall not match is short and says so. */
const NEVER = /^(?:\$\^|\^?\\?.\^|\$\\?.|\(\?!\)|\\b\\B|\\B\\b|\(\?!.\).)$/;

function check(pass: Pass, regex: Regex, { pattern, flags }: ParsedRegex): void {
  if (!NEVER.test(regex.pattern) && /[\^$]|\\b|\(\?/i.test(regex.pattern) && !getsFlags(regex)) {
    visitRegExpAST(pattern, {
      onAssertionEnter(node) {
        const conflict = conflictOf(node, flags);
        if (!conflict) return;
        pass.report(regex.placeOf(node), {
          message: `\`${shortened(node.raw)}\` can never hold here: ${conflict}.`,
          evidence: [{ at: regex.placeOf(node.parent), message: "All of this can never match." }],
        });
      },
    });
  }
  if (!regex.pattern.includes("|")) return;
  visitRegExpAST(pattern, {
    onPatternEnter: node => checkAlternatives(pass, regex, node, flags),
    onGroupEnter: node => checkAlternatives(pass, regex, node, flags),
    onCapturingGroupEnter: node => checkAlternatives(pass, regex, node, flags),
  });
}

/** `regEx(/^a$/, "m")`: whoever takes the pattern sets other flags. */
function getsFlags({ node }: Regex): boolean {
  const { parent } = node;
  if (!isCallExpression(parent) && !isNewExpression(parent)) return false;
  const list: readonly Node[] = parent.arguments ?? [];
  const next = list[list.indexOf(node) + 1];
  return next !== undefined && isStringLiteralLikeNode(next) && /^[dgimsuvy]{1,8}$/.test(next.text);
}

type Alternation = RegexAST.Pattern | RegexAST.Group | RegexAST.CapturingGroup;

function checkAlternatives(pass: Pass, regex: Regex, node: Alternation, flags: RegexAST.Flags): void {
  const found = shadowedIn(node, flags, () => takesText(pass, regex));
  if (!found) return;
  const { by, alternative, isPrefix } = found;
  const [ours, theirs] = [shortened(alternative.raw), shortened(by.raw)];
  pass.report(regex.placeOf(alternative), {
    message: isPrefix
      ? `\`${ours}\` is never found whole: \`${theirs}\` comes first and ends the match.`
      : `\`${ours}\` is never chosen: \`${theirs}\` comes first and matches the same.`,
    evidence: [{ at: regex.placeOf(by), message: "This is tried first." }],
  });
}

/** Whether what was matched counts, and not only that something was. */
function takesText(pass: Pass, regex: Regex): boolean {
  const uses = regexUses(pass, regex);
  return uses?.some(({ method }) => method !== "test" && method !== "search") ?? false;
}

function shortened(raw: string): string {
  const line = raw.replaceAll("`", "'");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
