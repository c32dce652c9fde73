/** Reports texts that are split at a sign that one of their parts may contain, so that the rest of it is dropped. */
import { defineRule, quoted, type Rule } from "@review/analysis";
import { SyntaxKind, type CallExpression } from "@review/program/syntax";
import { isHostSplit, isPairSplit } from "./splits.ts";

const rule: Rule = defineRule({
  id: "lossy-split",
  summary:
    "A text is split at a sign that its last part may contain, and what stands behind the second one is dropped.",
  category: "text",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Look for the first separator with `indexOf` and cut there; for an address, use `URL`.",
  listen: pass => ({
    [SyntaxKind.CallExpression](call: CallExpression) {
      if (pass.file.isTest) return;
      const { sourceFile } = pass.file;
      if (isPairSplit(pass.scopes(), call)) {
        pass.report(call, {
          message: `A value that contains \`=\` is cut off by ${quoted(call, sourceFile)}: only its part up to there is used.`,
          evidence: [{ at: call, message: "`name=a=b` gives three parts, of which two are read." }],
        });
      } else if (isHostSplit(call)) {
        pass.report(call, {
          message: `${quoted(call, sourceFile)} takes an IPv6 address apart, such as \`[::1]:80\`, whose colons are its own.`,
          evidence: [{ at: call, message: "The first part of `[::1]:80` is `[`." }],
        });
      }
    },
  }),
});
export default rule;
