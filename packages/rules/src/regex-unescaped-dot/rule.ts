/** Reports the dots of host names that stand for any character: `/^https:\/\/example.com/`. */
import {
  defineRule,
  onRegex,
  visitRegExpAST,
  type Pass,
  type Regex,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { hostsIn, type Host } from "./hosts.ts";

const rule: Rule = defineRule({
  id: "regex-unescaped-dot",
  summary: "The dot of a host name has no backslash and so matches any character.",
  category: "regex",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write a backslash before the dot: `example\\.com`.",
  listen: pass =>
    onRegex(pass, regex => {
      if (!regex.parsed || pass.file.isTest || !regex.pattern.includes(".")) return;
      visitRegExpAST(regex.parsed.pattern, {
        onAlternativeEnter(alternative) {
          for (const host of hostsIn(alternative)) report(pass, regex, host);
        },
      });
    }),
});
export default rule;

function report(pass: Pass, regex: Regex, { text, dots, start, end }: Host): void {
  const [dot] = dots;
  if (!dot) return;
  const other = text.replace("\0", "x").replaceAll("\0", ".");
  pass.report(regex.placeOf({ start, end }), {
    message: `A dot without a backslash is any character: this matches \`${other}\` as well, which is another host.`,
    evidence: dots.map(at => ({ at: regex.placeOf(at), message: "This dot stands for any character." })),
    fixes: fixesFor(regex, dots),
  });
}

function fixesFor(regex: Regex, dots: Host["dots"]): readonly ReportedFix[] {
  if (regex.from !== "literal") return [];
  const edits = dots.map(dot => ({
    at: { start: regex.placeOf(dot).start, end: regex.placeOf(dot).start },
    text: "\\",
  }));
  return [{ title: "Write a backslash before the dot", safety: "suggested", edits }];
}
