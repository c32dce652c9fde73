/** Reports printf-like calls whose placeholders and arguments do not agree in number. */
import {
  asFixedLocal,
  asMethodCall,
  defineRule,
  hasOnlyFlags,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type FormatFacts,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isIdentifier,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { isDebugger, isLogger } from "./debuggers.ts";
import { checkError } from "./errors.ts";

const rule: Rule = defineRule({
  id: "format-arity",
  summary: "A format has more placeholders than arguments, or arguments that it does not show.",
  category: "text",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Give one argument for each placeholder, and one placeholder for each argument; write `%%` for a percent sign.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](node: CallExpression) {
      if (node.arguments.slice(0, 2).some(mayBeFormat) || isLogging(node)) yield* check(pass, node);
      yield* checkError(pass, node);
    },
    [SyntaxKind.NewExpression]: (node: NewExpression) => checkError(pass, node),
  }),
});
export default rule;

function mayBeFormat(argument: Expression): boolean {
  const value = literalValue(argument);
  return typeof value === "string" ? value.includes("%") : isIdentifier(argument) && /^[A-Z_\d]+$/.test(argument.text);
}

/** The text of a format: a literal, or a constant in capitals that is declared as one. */
function textOf(pass: Pass, argument: Expression): string | undefined {
  const value = literalValue(argument);
  if (typeof value === "string" || !isIdentifier(argument)) return typeof value === "string" ? value : undefined;
  const declared = pass.scopes().variableOf(argument)?.declarations[0];
  const constant = declared && asFixedLocal(declared.parent);
  const text = constant && literalValue(constant.value);
  return typeof text === "string" ? text : undefined;
}

/** Some loggers show nothing that has no placeholder. */
function isLogging(call: CallExpression): boolean {
  return call.arguments.length > 1 && LEVELS.has(asMethodCall(call)?.name ?? "");
}

const LEVELS: ReadonlySet<string> = new Set(["trace", "debug", "info", "warn", "error", "fatal"]);

function* check(pass: Pass, call: CallExpression): Ask<void> {
  const strings = call.arguments.findIndex(each => textOf(pass, each) !== undefined);
  if (strings < 0 || strings > 1 || call.arguments.some(isSpreadElement)) return;
  const facts = yield* formatOf(pass, call);
  const format = facts && call.arguments[facts.at];
  const text = format && textOf(pass, format);
  if (facts && format && text !== undefined) yield* compare(pass, call, { format, text, facts });
}

interface Given {
  readonly format: Node;
  readonly text: string;
  readonly facts: FormatFacts;
}

function* compare(pass: Pass, call: CallExpression, { format, text, facts }: Given): Ask<void> {
  const places = placeholdersIn(text, facts.letters);
  const given = call.arguments.length - facts.at - 1;
  if (places.length > given) {
    if (given > 0 || isFormatter(call)) reportMissing(pass, format, places, given);
    return;
  }
  if (places.length === given || isError(call.arguments.at(-1))) return;
  const from = facts.at + 1 + places.length;
  const isShown = facts.showsRest && !(places.some(isValue) && (yield* arePrimitive(pass, call.arguments.slice(from))));
  if (!isShown) reportExtra(pass, call, { format, from, isAppended: facts.showsRest });
}

/** A placeholder for a value, and not for a style or a whole object. */
function isValue(place: string): boolean {
  return VALUES.has(place);
}

const VALUES: ReadonlySet<string> = new Set(["%s", "%d", "%i", "%f"]);

/** Objects and errors are appended to a format on purpose, to be shown in full. */
function* arePrimitive({ checker }: Pass, rest: readonly Expression[]): Ask<boolean> {
  for (const argument of rest) {
    if (!(yield* hasOnlyFlags(checker, yield* checker.typeOf(argument), TypeFlags.StringLike | TypeFlags.NumberLike)))
      return false;
  }
  return true;
}

function* formatOf(pass: Pass, call: CallExpression): Ask<FormatFacts | undefined> {
  const facts = yield* pass.models.of(call);
  if (facts) return facts.format;
  const callee = unwrapped(call.expression);
  const isKnown = isIdentifier(callee) ? yield* isDebugger(pass, callee) : isLogging(call) && isLogger(call);
  return isKnown ? { at: 0, letters: "sdifjoOc", showsRest: true } : undefined;
}

/** What `%` and a letter stand for an argument; `%%` is a percent sign. */
function placeholdersIn(text: string, letters: string): readonly string[] {
  return [...text.matchAll(/%(?:%|([a-zA-Z]))/g)].flatMap(([whole, letter]) =>
    letter && letters.includes(letter) ? [whole] : [],
  );
}

/** A text for the console that gets no argument at all is shown as it is, and may be about formats. */
function isFormatter({ expression }: CallExpression): boolean {
  return /(?:^|\.)format$/.test(expression.getText());
}

/** Loggers take an error behind everything else. */
function isError(argument: Expression | undefined): boolean {
  return argument !== undefined && /^(?:e|err|error|cause|reason)$/i.test(unwrapped(argument).getText());
}

function reportMissing(pass: Pass, format: Node, places: readonly string[], given: number): void {
  const [has, gets] = [counted(places.length, "placeholder"), counted(given, "argument")];
  pass.report(format, {
    message: `The format has ${has} and gets ${gets}, so \`${places[given] ?? ""}\` is shown as it is.`,
    evidence: [{ at: format, message: `Its placeholders are ${places.map(each => `\`${each}\``).join(", ")}.` }],
  });
}

interface Extra {
  readonly format: Node;
  /** Position of the first argument that has no placeholder. */
  readonly from: number;
  readonly isAppended: boolean;
}

function reportExtra(pass: Pass, call: CallExpression, { format, from, isAppended }: Extra): void {
  const { sourceFile } = pass.file;
  const extra = call.arguments[from] as Expression;
  const effect = isAppended ? "so it is appended behind the text" : "so it is not shown";
  pass.report(extra, {
    message: `${quoted(call.expression, sourceFile)} has no placeholder for ${quoted(extra, sourceFile)}, ${effect}.`,
    evidence: [
      {
        at: format,
        message: `The format has ${counted(from - call.arguments.indexOf(format as Expression) - 1, "placeholder")}.`,
      },
    ],
  });
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
