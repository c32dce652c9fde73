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
  isBlock,
  isFunctionExpression,
  isIdentifier,
  isRegularExpressionLiteral,
  isReturnStatement,
  isStringLiteralLikeNode,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type Expression,
  type FunctionExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";
import { isOneGroup, matchedText, resultOf } from "./patterns.ts";

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
  const foundText = textFoundBy(found);
  if (isArrowFunction(put) || isFunctionExpression(put)) {
    const [match] = put.parameters;
    const result = resultNode(put);
    if (result && isStringLiteralLikeNode(result)) return result.text === foundText;
    return match !== undefined && isSameName(match, result);
  }
  if (!isStringLiteralLikeNode(put)) return false;
  if (put.text === "$&") return true;
  if (put.text === "$1" && isRegularExpressionLiteral(found)) return isOneGroup(found.text);
  return foundText !== undefined && resultOf(put.text) === foundText;
}

function textFoundBy(pattern: Node): string | undefined {
  if (isStringLiteralLikeNode(pattern)) return pattern.text;
  return isRegularExpressionLiteral(pattern) ? matchedText(pattern.text) : undefined;
}

/** What a function returns that does nothing else. */
function resultNode({ body }: ArrowFunction | FunctionExpression): Node | undefined {
  if (!isBlock(body)) return unwrapped(body);
  const [only, ...others] = body.statements;
  return only && others.length === 0 && isReturnStatement(only) && only.expression
    ? unwrapped(only.expression)
    : undefined;
}

function isSameName({ name, dotDotDotToken }: ParameterDeclaration, result: Node | undefined): boolean {
  return (
    !dotDotDotToken && isIdentifier(name) && result !== undefined && isIdentifier(result) && result.text === name.text
  );
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
