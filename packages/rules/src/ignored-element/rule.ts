/** Reports loops and callbacks over a collection that ask the same of every element, since they never look at it. */
import { defineRule, quoted, type Rule } from "@review/analysis";
import { SyntaxKind, type CallExpression, type ForInOrOfStatement } from "@review/program/syntax";
import { ignoringCallback } from "./callbacks.ts";
import { ignoringLoop } from "./loops.ts";

const rule: Rule = defineRule({
  id: "ignored-element",
  summary: "A loop or a callback runs for each element and never looks at it: it asks something else each time.",
  category: "collections",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Use the element that the round is about, or ask once, outside of the loop.",
  listen: pass => {
    const loop = (statement: ForInOrOfStatement): void => {
      const found = pass.file.isTest ? undefined : ignoringLoop(pass.scopes(), statement);
      if (!found) return;
      const { sourceFile } = pass.file;
      pass.report(found.instead, {
        message: `${quoted(found.instead, sourceFile)} is the same in each round: ${quoted(found.name, sourceFile)} is never used.`,
        evidence: [{ at: found.name, message: "This changes from round to round, and nothing reads it." }],
      });
    };
    return {
      [SyntaxKind.ForInStatement]: loop,
      [SyntaxKind.ForOfStatement]: loop,
      [SyntaxKind.CallExpression](call: CallExpression) {
        const found = pass.file.isTest ? undefined : ignoringCallback(pass.scopes(), call);
        if (!found) return;
        const { sourceFile } = pass.file;
        pass.report(found.body, {
          message: `${quoted(found.body, sourceFile)} is the same for every element, since \`${found.method}\` is given a callback that ignores it.`,
          evidence: [
            {
              at: found.parameter ?? found.callback,
              message: "The element is handed over here, and nothing reads it.",
            },
          ],
        });
      },
    };
  },
});
export default rule;
