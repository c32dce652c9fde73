/** Reports `^a|b$`: each anchor holds for one alternative only. */
import {
  defineRule,
  onRegex,
  regexUses,
  wrapped,
  type ParsedRegex,
  type Pass,
  type Regex,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { isCallExpression } from "@review/program/syntax";
import { anchoredIn } from "./alternatives.ts";

const rule: Rule = defineRule({
  id: "regex-anchor-precedence",
  summary: "An anchor belongs to one alternative only where it looks as if it held for all of them.",
  category: "regex",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Put the alternatives into a group: `^(?:a|b)$`.",
  listen: pass =>
    onRegex(pass, regex => {
      if (regex.parsed && regex.pattern.includes("|")) check(pass, regex, regex.parsed);
    }),
});
export default rule;

function check(pass: Pass, regex: Regex, { pattern }: ParsedRegex): void {
  const found = anchoredIn(pattern);
  if (!found || isTrim(pass, regex) || isInputOfTest(pass, regex)) return;
  const { first, last } = found;
  const which =
    first && last
      ? "`^` holds for the first alternative and `$` for the last"
      : first
        ? "`^` holds for the first alternative"
        : "`$` holds for the last alternative";
  pass.report(regex.placeOf(pattern), {
    message: `${which} only: whatever lies between matches anywhere in the text.`,
    evidence: [first, last].flatMap(at =>
      at ? [{ at: regex.placeOf(at), message: "This is all that the anchor holds for." }] : [],
    ),
    fixes: fixesFor(regex, first !== undefined, last !== undefined),
  });
}

/** To take off something at both ends is what `^a|b$` is for. */
function isTrim(pass: Pass, regex: Regex): boolean {
  const uses = regexUses(pass, regex);
  return uses?.some(({ method }) => method === "replace" || method === "replaceAll" || method === "split") ?? false;
}

/** `prefixOf(/^abc|xyz/)` in a test: what is tested is what becomes of such a pattern. */
function isInputOfTest(pass: Pass, regex: Regex): boolean {
  const { parent } = wrapped(regex.node);
  if (!pass.file.isTest || !isCallExpression(parent) || regexUses(pass, regex)) return false;
  return !EXPECTS.test(parent.expression.getText());
}

/** Assertions about a text. */
const EXPECTS = /match|throw|reject|like/i;

function fixesFor(regex: Regex, hasStart: boolean, hasEnd: boolean): readonly ReportedFix[] {
  if (regex.from !== "literal") return [];
  const { start, end } = regex.placeOf({ start: 0, end: regex.pattern.length });
  const from = hasStart ? start + 1 : start;
  const to = hasEnd ? end - 1 : end;
  const edits = [
    { at: { start: from, end: from }, text: "(?:" },
    { at: { start: to, end: to }, text: ")" },
  ];
  return [{ title: "Put the alternatives into a group", safety: "suggested", edits }];
}
