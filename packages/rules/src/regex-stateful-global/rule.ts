/** Reports `test` and `exec` of a shared regular expression that keeps the end of its last match. */
import {
  defineRule,
  quoted,
  regexOf,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Regex,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { isIdentifier, isPropertyAccessExpression, SyntaxKind, type CallExpression } from "@review/program/syntax";
import { isSteered, isTestedAgain, type Run } from "./runs.ts";

const rule: Rule = defineRule({
  id: "regex-stateful-global",
  summary: "A shared regular expression with the flag `g` or `y` goes on where its last match ended.",
  category: "regex",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Leave out the flag: a single test needs none.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const run = asRun(call);
      if (!run) return;
      const regex = yield* regexOf(pass.checker, run.object);
      if (!regex || regex.node === run.object || !/[gy]/.test(regex.flags ?? "")) return;
      if (isTestedAgain(run, regex) && !isSteered(pass, run, regex)) yield* report(pass, run, regex);
    },
  }),
});
export default rule;

/** `name.test(text)` or `owner.name.exec(text)`. */
function asRun(call: CallExpression): Run | undefined {
  const callee = unwrapped(call.expression);
  const [subject] = call.arguments;
  if (!isPropertyAccessExpression(callee) || !subject || call.arguments.length !== 1) return undefined;
  const method = callee.name.text;
  const object = unwrapped(callee.expression);
  if (method !== "test" && method !== "exec") return undefined;
  return isIdentifier(object) || isPropertyAccessExpression(object) ? { call, method, object, subject } : undefined;
}

function* report(pass: Pass, run: Run, regex: Regex): Ask<void> {
  const flag = regex.flags?.includes("g") === true ? "g" : "y";
  const name = quoted(run.object, pass.file.sourceFile);
  pass.report(run.call, {
    message: `${name} is shared and has the flag \`${flag}\`: after a match, the next \`${run.method}\` starts in the middle of its text.`,
    evidence: [
      { at: regex.node, message: "This object is made once, and its `lastIndex` stays from call to call." },
      { at: run.call, message: "Nothing sets `lastIndex` back before this call." },
    ],
    fixes: fixesFor(pass, run, regex, flag),
  });
}

/** Where nothing but tests uses it, `g` has no other purpose; `y` also asks for a match at the start. */
function fixesFor(pass: Pass, run: Run, { node, from }: Regex, flag: string): readonly ReportedFix[] {
  if (flag !== "g" || from !== "literal" || !isIdentifier(run.object) || node.getSourceFile() !== pass.file.sourceFile)
    return [];
  const variable = pass.scopes().variableOf(run.object);
  const isOnlyRun = variable?.references.every(({ node }) => {
    const { parent } = wrapped(node);
    return isPropertyAccessExpression(parent) && parent.name.text === "test";
  });
  if (!isOnlyRun || variable?.isExported !== false) return [];
  const text = node.getText();
  const start = node.getStart() + text.lastIndexOf(flag);
  return [
    {
      title: `Leave out the flag \`${flag}\``,
      safety: "suggested",
      edits: [{ at: { start, end: start + 1 }, text: "" }],
    },
  ];
}
