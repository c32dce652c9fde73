/** Reports `text.replace(x, x)`: a replacement by what was found, which changes nothing. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isIdentifier,
  isRegularExpressionLiteral,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";
import { matchedText, resultOf } from "./patterns.ts";

const rule: Rule = defineRule({
  id: "identity-replacement",
  summary: "Text is replaced by itself, so that the call changes nothing.",
  category: "text",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: 'Write the replacement that is meant: a backslash in it is written twice, `"\\\\n"`; or leave out the call.',
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      if (method?.name !== "replace" && method?.name !== "replaceAll") return;
      const [pattern, replacement, ...more] = call.arguments;
      if (!pattern || !replacement || more.length > 0) return;
      if (!(yield* isText(pass, method.object, pattern))) return;
      if (isSame(pattern, replacement)) report(pass, call, pattern, replacement);
    },
  }),
});
export default rule;

/** A pattern says that the object is text; with two strings it may be a router or a path. */
function* isText({ checker }: Pass, object: Expression, pattern: Expression): Ask<boolean> {
  const bare = unwrapped(pattern);
  if (isRegularExpressionLiteral(bare)) return true;
  return isStringLiteralLikeNode(bare) && (yield* builtinOf(checker, object)) === "String";
}

function isSame(pattern: Expression, replacement: Expression): boolean {
  const found = unwrapped(pattern);
  const put = unwrapped(replacement);
  if (isArrowFunction(put)) {
    const [match] = put.parameters;
    const isOwn = match && isIdentifier(match.name) && isIdentifier(put.body) && put.body.text === match.name.text;
    return isOwn === true && !match.dotDotDotToken;
  }
  if (!isStringLiteralLikeNode(put)) return false;
  if (put.text === "$&") return true;
  if (isStringLiteralLikeNode(found)) return resultOf(put.text) === found.text;
  if (!isRegularExpressionLiteral(found)) return false;
  const text = matchedText(found.text);
  return text !== undefined && resultOf(put.text) === text;
}

function report(pass: Pass, call: CallExpression, pattern: Expression, replacement: Expression): void {
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `${quoted(pattern, sourceFile)} is replaced by ${quoted(replacement, sourceFile)}, which is the same text: nothing changes.`,
    evidence: [
      { at: pattern, message: "This is what is found." },
      { at: replacement, message: "This is what is put in its place." },
    ],
    fixes: fixesFor(replacement),
  });
}

/** A backslash that says nothing in its string was meant for the text. */
function fixesFor(replacement: Expression): readonly ReportedFix[] {
  if (replacement.kind !== SyntaxKind.StringLiteral) return [];
  const code = replacement.getText();
  const match = /^(.)\\([^\\nrtbfv0-9xu\r\n\u2028\u2029])\1$/.exec(code);
  if (!match) return [];
  const [, quote = "", character = ""] = match;
  const escape = character === quote ? `\\${character}` : character;
  const edits = [{ at: replacement, text: `${quote}\\\\${escape}${quote}` }];
  return [{ title: "Put a backslash before it", safety: "suggested", edits }];
}
