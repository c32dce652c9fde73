/** Reports a `throw` of text, numbers, plain objects and classes: of what has no stack and is no error. */
import {
  defineRule,
  isGuess,
  lackOf,
  literalValue,
  nonErrorKind,
  quoted,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isIdentifier,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
  type ThrowStatement,
} from "@review/program/syntax";
import { checkInherits, checkPrototype } from "./without-stack.ts";

const rule: Rule = defineRule({
  id: "thrown-non-error",
  summary: "What is thrown is no error: it has no stack, and handlers that read `message` find nothing.",
  category: "errors",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Throw an `Error`, or a class that extends it, with the text as its message and further data as properties or `cause`.",
  listen: pass => ({
    *[SyntaxKind.ThrowStatement](node: ThrowStatement) {
      // Tests throw anything, to see how it is handled.
      if (pass.file.isTest) return;
      for (const value of valuesOf(node.expression)) if (!isExit(pass, value)) yield* check(pass, value);
    },
    [SyntaxKind.CallExpression](call: CallExpression) {
      if (!pass.file.isTest) checkInherits(pass, call);
    },
    [SyntaxKind.BinaryExpression](assignment: BinaryExpression) {
      if (!pass.file.isTest) checkPrototype(pass, assignment);
    },
  }),
});
export default rule;

/** `throw "notFound"` names one of the exits of a Sails action or helper, which it gives to `intercept`. */
function isExit({ file }: Pass, value: Expression): boolean {
  if (!/\bsails\.|\bexits\s*:/.test(file.text)) return false;
  const [property] = isObjectLiteralExpression(value) ? value.properties : [];
  const name = property ? (property as Node & { readonly name?: Node }).name?.getText() : literalValue(value);
  return typeof name === "string" && /^[a-z]\w*$/.test(name);
}

function* check(pass: Pass, value: Expression): Ask<void> {
  const { checker, file } = pass;
  const isMissing = (isIdentifier(value) && value.text === "undefined") || value.kind === SyntaxKind.VoidExpression;
  const what = isMissing ? "nothing" : yield* nonErrorKind(checker, value);
  if (what === undefined || (file.isJavaScript && (yield* isGuess(checker, value)))) return;
  const name = quoted(value, file.sourceFile);
  pass.report(value, {
    message:
      what === "a class"
        ? `The class ${name} itself is thrown: \`new\` is missing.`
        : `${name} is ${what} and no error: it has ${lackOf(value)} to read.`,
    evidence: [{ at: value, message: `This is of type \`${yield* checker.textOf(yield* checker.typeOf(value))}\`.` }],
    fixes: fixesFor(value, what),
  });
}

function fixesFor(value: Expression, what: string): readonly ReportedFix[] {
  const start = { start: value.getStart(), end: value.getStart() };
  const end = { start: value.end, end: value.end };
  if (what === "a class" && isIdentifier(value)) {
    return [
      {
        title: "Make an instance",
        safety: "suggested",
        edits: [
          { at: start, text: "new " },
          { at: end, text: "()" },
        ],
      },
    ];
  }
  const isAsserted = value.parent !== wrapped(value).parent && !isParenthesizedExpression(value.parent);
  if (what !== "a string" || isAsserted) return [];
  const edits = [
    { at: start, text: "new Error(" },
    { at: end, text: ")" },
  ];
  return [{ title: "Throw an `Error` with this message", safety: "suggested", edits }];
}
