/** A rule that asks one question of every expression statement's expression and reports the answer. */
import { defineRule, type Ask, type Pass, type Rule } from "@review/analysis";
import { SyntaxKind, type Expression, type ExpressionStatement } from "@review/program/syntax";
import { openTexts } from "./open.ts";

/** What `ask` answers for each expression statement of the first text, in order. */
export function answersFor(
  texts: Readonly<Record<string, string>>,
  ask: (pass: Pass, expression: Expression) => Ask<unknown>,
): readonly unknown[] {
  const answers: unknown[] = [];
  const rule: Rule = defineRule({
    id: "probe",
    summary: "A probe.",
    category: "names",
    severity: "info",
    preset: "preview",
    since: "0.0.0",
    repair: "None.",
    listen: pass => ({
      *[SyntaxKind.ExpressionStatement](statement: ExpressionStatement) {
        if (!pass.file.path.endsWith(Object.keys(texts)[0] as string)) return;
        const index = answers.push(undefined) - 1;
        answers[index] = yield* ask(pass, statement.expression);
      },
    }),
  });
  const open = openTexts(texts);
  const { failures } = open.run([rule]);
  open.close();
  if (failures[0]) throw new Error(failures[0].stack);
  return answers;
}
