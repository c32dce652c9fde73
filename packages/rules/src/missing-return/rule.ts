/** Reports the one way out of a function that forgets to return what the others do. */
import { defineRule, quoted, type Rule } from "@review/analysis";
import { SyntaxKind, type ExpressionStatement, type ReturnStatement } from "@review/program/syntax";
import { forgottenSuccess } from "./caught.ts";
import { otherReturn } from "./forgotten.ts";
import { chainedReturn } from "./chains.ts";

const rule: Rule = defineRule({
  id: "missing-return",
  summary:
    "One way out of a function returns nothing, where the others return the object itself or the same kind of result.",
  category: "control-flow",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the `return` that the other ways have.",
  listen: pass => ({
    *[SyntaxKind.ReturnStatement](statement: ReturnStatement) {
      const success = yield* forgottenSuccess(pass, statement);
      if (success) {
        pass.report(success, {
          message: "Where all goes well the function ends here and returns nothing: only its `catch` returns a value.",
          evidence: [{ at: statement, message: "This is the only value that is returned." }],
        });
      }
      const other = pass.file.isTest ? undefined : chainedReturn(statement);
      if (!other) return;
      pass.report(statement, {
        message: "This way returns nothing, though the other ways return `this`: a chain of calls breaks here.",
        evidence: [{ at: other, message: "The object itself is returned here." }],
        fixes: [{ title: "Return `this`", safety: "suggested", edits: [{ at: statement, text: "return this;" }] }],
      });
    },
    [SyntaxKind.ExpressionStatement](statement: ExpressionStatement) {
      const other = pass.file.isTest ? undefined : otherReturn(pass.scopes(), statement);
      if (!other) return;
      const { sourceFile } = pass.file;
      pass.report(statement.expression, {
        message: `The result of ${quoted(statement.expression, sourceFile)} is lost: everywhere else such a result is returned.`,
        evidence: [{ at: other, message: "The same function's result is returned here." }],
      });
    },
  }),
});
export default rule;
