/** Reports text that is written like a regular expression where a method takes it literally. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  isUncertain,
  quoted,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { expressionIn } from "./expressions.ts";

const rule: Rule = defineRule({
  id: "string-for-regex",
  summary: "A regular expression is written as text, which the method looks for literally.",
  category: "regex",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Write it between slashes: `text.split(/\\s+/)`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [first] = call.arguments;
      if (!method || !first || !METHODS.has(method.name) || !isStringLiteralLikeNode(first)) return;
      const pattern = expressionIn(first.text);
      if (pattern === undefined || isAboutPatterns(method.object)) return;
      if (!(yield* isText(pass, method.object, method.name))) return;
      pass.report(first, {
        message: `\`${method.name}\` looks for the text ${quoted(first, pass.file.sourceFile)} itself and does not read it as a pattern.`,
        evidence: [{ at: first, message: "This is text, not a regular expression." }],
        fixes: fixesFor(first, method.name, pattern),
      });
    },
  }),
});
export default rule;

/** `match`, `matchAll` and `search` make a pattern of text; these do not. */
const METHODS: ReadonlySet<string> = new Set([
  "split",
  "replace",
  "replaceAll",
  "includes",
  "startsWith",
  "endsWith",
  "indexOf",
  "lastIndexOf",
]);

/** Whether an object holds patterns itself, by its name or since it is `x.source`: code that rewrites patterns. */
function isAboutPatterns(object: Node): boolean {
  const name = isPropertyAccessExpression(object) ? object.name.text : isIdentifier(object) ? object.text : "";
  return /pattern|regex|regexp|^re$|source|glob|escape/i.test(name);
}

/** Only text can be split, so there a value of unknown type is text; arrays have `includes` as well. */
function* isText({ checker }: Pass, object: Expression, name: string): Ask<boolean> {
  if (name === "split" && isUncertain(yield* checker.typeOf(object))) return true;
  return (yield* builtinOf(checker, object)) === "String";
}

function fixesFor(text: Expression, name: string, pattern: string): readonly ReportedFix[] {
  if (name !== "split" && name !== "replace" && name !== "replaceAll") return [];
  const isAll = name === "replaceAll" && !/\/[a-z]*g[a-z]*$/.test(pattern);
  const edits = [{ at: text, text: isAll ? `${pattern}g` : pattern }];
  return [{ title: "Write a regular expression", safety: "suggested", edits }];
}
