/** Reports text that was meant as a regular expression and is not read as that one. */
import {
  asMethodCall,
  builtinOf,
  constantValue,
  defineRule,
  isGlobal,
  isUncertain,
  memberName,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isStringLiteralLikeNode,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { expressionIn, slashedIn } from "./expressions.ts";
import { lostEscapes } from "./lost.ts";

const rule: Rule = defineRule({
  id: "string-for-regex",
  summary:
    "A regular expression is written as text, which the method looks for literally, or which loses its backslashes.",
  category: "regex",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Write it between slashes: `text.split(/\\s+/)`; in a string, write each backslash twice.",
  listen: pass => ({
    *[SyntaxKind.NewExpression](node: NewExpression) {
      yield* checkEscapes(pass, node);
      yield* checkSlashes(pass, node);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* checkEscapes(pass, call);
      yield* checkSlashes(pass, call);
      const method = asMethodCall(call);
      const [first] = call.arguments;
      if (!method || !first || !METHODS.has(method.name)) return;
      const text = yield* textOf(pass, first, method.name);
      const pattern = text === undefined ? undefined : expressionIn(text);
      if (pattern === undefined || isAboutPatterns(method.object)) return;
      if (!isFlagged(method.name, call, text) && !(yield* isText(pass, method.object, method.name))) return;
      pass.report(first, {
        message: `\`${method.name}\` looks for the text ${quoted(first, pass.file.sourceFile)} itself and does not read it as a pattern.`,
        evidence: [{ at: first, message: "This is text, not a regular expression." }],
        fixes: isStringLiteralLikeNode(first) ? fixesFor(first, method.name, pattern) : [],
      });
    },
  }),
});
export default rule;

/** The text of a literal, or of a constant with one that is given to a method that texts alone have. */
function* textOf({ checker }: Pass, argument: Expression, name: string): Ask<string | undefined> {
  if (isStringLiteralLikeNode(argument)) return argument.text;
  if (!isIdentifier(argument) || !CHANGING.has(name)) return undefined;
  const value = yield* constantValue(checker, argument);
  return typeof value === "string" ? value : undefined;
}

const CHANGING: ReadonlySet<string> = new Set(["split", "replace", "replaceAll"]);

/** `new RegExp("/a+/g")`: the slashes of a literal are a part of the pattern here, and its flags are letters. */
function* checkSlashes(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const [first] = call.arguments ?? [];
  if (!first || !isStringLiteralLikeNode(first) || !mayBePattern(call)) return;
  const pattern = slashedIn(first.text);
  if (pattern === undefined || !(yield* isPattern(pass, call))) return;
  const isAlone = call.arguments?.length === 1;
  const at = isIdentifier(call.expression) ? call : first;
  pass.report(first, {
    message: `The slashes of ${quoted(first, pass.file.sourceFile)} are looked for, and the flags behind them too.`,
    evidence: [{ at: first, message: "A text holds the pattern alone; flags are an argument of their own." }],
    fixes: isAlone
      ? [{ title: "Write a regular expression", safety: "suggested", edits: [{ at, text: pattern }] }]
      : [],
  });
}

/** Text that is made a pattern of, and whose string has taken backslashes away. */
function* checkEscapes(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const [first] = call.arguments ?? [];
  if (!first || !mayBePattern(call)) return;
  const lost = lostEscapes(first);
  const [place] = lost;
  if (!place || !(yield* isPattern(pass, call))) return;
  const code = pass.file.text.slice(place.start, place.end);
  const left = code === "\\b" ? "a backspace" : `only \`${code.slice(1)}\``;
  pass.report(place, {
    message: `\`${code}\` in a string is ${left}: the pattern never sees the backslash.`,
    evidence: [{ at: first, message: "This text is made a pattern of." }],
    fixes: [
      {
        title: "Write the backslashes twice",
        safety: "suggested",
        edits: lost.map(({ start }) => ({ at: { start, end: start }, text: "\\" })),
      },
    ],
  });
}

const COMPILING: ReadonlySet<string> = new Set(["match", "matchAll", "search"]);

function mayBePattern(call: CallExpression | NewExpression): boolean {
  if (isIdentifier(call.expression)) return call.expression.text === "RegExp";
  return isCallExpression(call) && COMPILING.has(asMethodCall(call)?.name ?? "");
}

function* isPattern({ checker }: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  if (method) return (yield* builtinOf(checker, method.object)) === "String";
  return yield* isGlobal(checker, call.expression, "RegExp");
}

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
  const bare = unwrapped(object);
  const name = isIdentifier(bare) ? bare.text : (memberName(bare) ?? "");
  return /pattern|regex|regexp|^re$|source|glob|escape/i.test(name);
}

/** `name.replace("/[^a-z]/g", "")`: a pattern with its flags, and something to put in its place. */
function isFlagged(name: string, call: CallExpression, text: string | undefined): boolean {
  return CHANGING.has(name) && call.arguments.length === 2 && /^\/.*[[\\^$*+|].*\/g[a-z]*$/.test(text ?? "");
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
