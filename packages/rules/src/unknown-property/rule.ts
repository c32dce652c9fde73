/** Reports members of JavaScript objects that are known in full and have no such member. */
import {
  defineRule,
  editDistance,
  isCondition,
  isTarget,
  quoted,
  uncheckedDiagnostics,
  type Ask,
  type Pass,
  type Report,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isDeleteExpression,
  isPropertyAccessExpression,
  isTypeOfExpression,
  SyntaxKind,
  type PropertyAccessExpression,
  type SourceFile,
} from "@review/program/syntax";
import { closedKind } from "./closed.ts";
import { isWrittenSomewhere } from "./written.ts";

const rule: Rule = defineRule({
  id: "unknown-property",
  summary: "A member of a JavaScript object is read that the object, which is known in full, does not have.",
  category: "names",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the member that is meant, or set it before it is read.",
  listen: pass => ({
    *[SyntaxKind.SourceFile](_: SourceFile) {
      for (const { text, node } of yield* uncheckedDiagnostics(pass, CODES)) {
        if (!isPropertyAccessExpression(node.parent) || node.parent.name !== node) continue;
        yield* check(pass, node.parent, /Did you mean '([^']+)'/.exec(text)?.[1]);
      }
    },
  }),
});
export default rule;

/** TypeScript's: no such property, no such property but one like it, no static one. */
const CODES: ReadonlySet<number> = new Set([2339, 2551, 2576]);

function* check(pass: Pass, access: PropertyAccessExpression, meant: string | undefined): Ask<void> {
  // Underscores mark what code adds to others' objects; timers are numbers in a browser and objects in Node.
  if (/^[_$]|^(?:un)?ref$|^hasRef$/.test(access.name.text) || UNDECLARED.has(access.name.text)) return;
  if (isExcused(access) || isWrittenSomewhere(pass.file.sourceFile, access.name.text)) return;
  const closed = yield* closedKind(pass, access);
  if (!closed || (closed.needsName && (meant === undefined || !isSlip(access.name.text, meant)))) return;
  pass.report(access.name, reportOf(pass, access, closed.what, meant));
}

/** What every engine has, and the compiler's libraries leave out, as it is for old pages. */
const UNDECLARED: ReadonlySet<string> = new Set(["getYear", "setYear", "toGMTString"]);

function reportOf(pass: Pass, access: PropertyAccessExpression, what: string, meant: string | undefined): Report {
  const { sourceFile } = pass.file;
  const isCalled = isCallExpression(access.parent) && access.parent.expression === access;
  const effect = isCalled ? "calling it throws" : "it is always undefined";
  const evidence = [{ at: access.expression, message: `This is ${what}.` }];
  const message = `${quoted(access.expression, sourceFile)} has no member \`${access.name.text}\`: ${effect}.`;
  if (meant === undefined || !isSlip(access.name.text, meant)) return { message, evidence };
  const title = `Write \`${meant}\``;
  return { message, evidence, fixes: [{ title, safety: "suggested", edits: [{ at: access.name, text: meant }] }] };
}

/** One letter too many, too few or wrong, two swapped, or another case; more than that is another name. */
function isSlip(name: string, meant: string): boolean {
  const [one, other] = [name.toLowerCase(), meant.toLowerCase()];
  return one === other || (name.length >= 4 && editDistance(one, other, 1) <= 1);
}

/** Writing makes the member, and whoever asks whether it is there knows that it may not be. */
function isExcused(access: PropertyAccessExpression): boolean {
  const { parent } = access;
  if (access.questionDotToken || isTarget(access) || isCondition(access)) return true;
  if (isCallExpression(parent) && parent.expression === access && parent.questionDotToken) return true;
  if (isDeleteExpression(parent) || isTypeOfExpression(parent)) return true;
  return isBinaryExpression(parent) && parent.left === access && DEFAULTS.has(parent.operatorToken.kind);
}

const DEFAULTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken, SyntaxKind.AmpersandAmpersandToken],
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);
