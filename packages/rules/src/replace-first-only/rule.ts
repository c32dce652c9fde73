/** Reports `text.replace("x", …)` that escapes or cleans: it takes the first place only. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  isLoop,
  isUncertain,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { escapingOf, purposeOf } from "./purposes.ts";

const rule: Rule = defineRule({
  id: "replace-first-only",
  summary: "Text is escaped or cleaned by a `replace` that takes the first place only.",
  category: "text",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Use `replaceAll`, or a pattern with the flag `g`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [pattern, replacement, ...more] = call.arguments;
      if (method?.name !== "replace" || !pattern || !replacement || more.length > 0) return;
      const purpose = purposeFor(call, method.object, pattern, replacement);
      if (
        purpose === undefined ||
        isRepeated(call) ||
        !(yield* isText(pass, method.object, isEscape(pattern, replacement)))
      )
        return;
      const isPattern = isRegularExpressionLiteral(pattern);
      const reason = `A pattern ${isPattern ? "without the flag g" : "that is text"} is looked for once.`;
      pass.report(call.expression, {
        message: `\`replace\` takes the first ${quoted(pattern, pass.file.sourceFile)} only: ${purpose}.`,
        evidence: [{ at: pattern, message: reason }],
        fixes: isPattern ? [withFlag(pattern)] : yield* fixesFor(pass, call, method.object),
      });
    },
  }),
});
export default rule;

function purposeFor(
  call: CallExpression,
  object: Expression,
  pattern: Expression,
  replacement: Expression,
): string | undefined {
  const text = textOf(pattern);
  if (text === undefined || !isStringLiteralLikeNode(replacement)) return undefined;
  const put = replacement.text;
  return isRegularExpressionLiteral(pattern) ? escapingOf(text, put) : purposeOf(call, object, text, put);
}

/** A text, or the one sign that a regular expression without flags finds. */
function textOf(pattern: Expression): string | undefined {
  if (isStringLiteralLikeNode(pattern)) return pattern.text;
  const code = isRegularExpressionLiteral(pattern) ? pattern.text : "";
  const [, escape = "", sign] = /^\/(\\?)([^\\])\/$/.exec(code) ?? [];
  if (sign === undefined || (escape === "" && /[.*+?^${}()|[\]]/.test(sign))) return undefined;
  if (escape === "" || /\W/.test(sign)) return sign;
  return sign === "n" ? "\n" : undefined;
}

function withFlag({ end }: Node): ReportedFix {
  return { title: "Add the flag `g`", safety: "suggested", edits: [{ at: { start: end, end }, text: "g" }] };
}

/** `while (text.includes("x")) text = text.replace("x", "")` comes to all of them in the end. */
function isRepeated(call: CallExpression): boolean {
  for (let at: Node = call; at.parent; at = at.parent) {
    if (at.kind === SyntaxKind.WhileStatement || at.kind === SyntaxKind.DoStatement) return true;
    if (isLoop(at) && at.kind === SyntaxKind.ForStatement) return true;
  }
  return false;
}

/** Only text has a `replace` that takes two texts, apart from routers and paths, whose types say so. */
function* isText({ checker, file }: Pass, object: Expression, isSurelyText: boolean): Ask<boolean> {
  const builtin = yield* builtinOf(checker, object);
  if (builtin !== undefined) return builtin === "String";
  if (!isUncertain(yield* checker.typeOf(object))) return false;
  const bare = unwrapped(object);
  return (isSurelyText && file.isJavaScript) || (bare.kind === SyntaxKind.CallExpression && isMadeOfText(bare));
}

/** Whether a sign gets a backslash or is doubled: whatever else has a `replace` is not asked for that. */
function isEscape(pattern: Expression, replacement: Expression): boolean {
  const text = textOf(pattern);
  return text !== undefined && isStringLiteralLikeNode(replacement) && escapingOf(text, replacement.text) !== undefined;
}

function isMadeOfText(node: Node): boolean {
  const method = asMethodCall(node as CallExpression);
  return method !== undefined && /^(?:replace|replaceAll|trim|toLowerCase|toUpperCase)$/.test(method.name);
}

function* fixesFor({ checker }: Pass, call: CallExpression, object: Expression): Ask<readonly ReportedFix[]> {
  const callee = call.expression;
  if (!isPropertyAccessExpression(callee)) return [];
  const type = yield* checker.typeOf(object);
  if (isUncertain(type) || !(yield* checker.propertyOf(type, "replaceAll"))) return [];
  const edits = [{ at: callee.name, text: "replaceAll" }];
  return [{ title: "Replace all of them", safety: "suggested", edits }];
}
