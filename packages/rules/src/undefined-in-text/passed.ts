/** Arguments that a builtin makes text of, where no compiler refuses a missing one. */
import { asMethodCall, builtinOf, isGlobal, quoted, type Ask, type Pass } from "@review/analysis";
import { isIdentifier, type CallExpression, type Expression } from "@review/program/syntax";
import { isGuardedElsewhere } from "./guards.ts";
import { missingIn, withoutBrackets } from "./missing.ts";

export function* checkPassed(pass: Pass, call: CallExpression): Ask<void> {
  if (pass.file.isChecked && pass.file.strictNullChecks) return;
  const value = yield* textArgument(pass, call);
  const missing = value && (yield* missingIn(pass, value));
  if (!missing || isGuardedElsewhere(withoutBrackets(value))) return;
  const { sourceFile } = pass.file;
  pass.report(value, {
    message: `${quoted(value, sourceFile)} may be ${missing.word} here, of which ${quoted(call.expression, sourceFile)} makes the text "${missing.word}".`,
    evidence: [{ at: missing.at, message: missing.because }],
  });
}

/** Methods that make text of their last argument, and the classes that have them. */
const METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  ["append", ["URLSearchParams", "Headers", "FormData"]],
  ["set", ["URLSearchParams", "Headers", "FormData"]],
  ["setItem", ["Storage"]],
  ["setAttribute", ["Element", "HTMLElement"]],
]);

function* textArgument({ checker }: Pass, call: CallExpression): Ask<Expression | undefined> {
  const [first, second] = call.arguments;
  if (isIdentifier(call.expression)) {
    const { text } = call.expression;
    const encodes = text === "encodeURIComponent" || text === "encodeURI";
    return encodes && (yield* isGlobal(checker, call.expression, text)) ? first : undefined;
  }
  const method = asMethodCall(call);
  const owners = method && METHODS.get(method.name);
  if (!method || !owners || !second) return undefined;
  return owners.includes((yield* builtinOf(checker, method.object)) ?? "") ? second : undefined;
}
