/** Errors that get more than their message, as if their constructors filled in placeholders or appended what follows. */
import { hasText, isGlobal, literalValue, quoted, unwrapped, type Ask, type Pass, type Scopes } from "@review/analysis";
import {
  isIdentifier,
  isObjectLiteralExpression,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type NewExpression,
} from "@review/program/syntax";

/** `new Error("%s is not a folder", path)`, `new Error("cannot read", path, cause)` */
export function* checkError(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const { file } = pass;
  const callee = unwrapped(call.expression);
  // Where the compiler checks the file, it says so itself.
  if (file.isChecked || file.isTest || !isIdentifier(callee) || !ERRORS.test(callee.text)) return;
  const lost = lostIn(pass.scopes(), call.arguments ?? []);
  if (!lost || !(yield* isGlobal(pass.checker, callee, callee.text))) return;
  const shown = quoted(lost, file.sourceFile);
  pass.report(lost, {
    message: `${shown} is not in the error's message: \`${callee.text}\` takes one text and options, and fills in or appends nothing.`,
    evidence: [{ at: callee, message: "This is the language's own class." }],
    repair: "Write the values into the text with a template, and an error as `{ cause: error }`.",
  });
}

const ERRORS = /^(?:Eval|Range|Reference|Syntax|Type|URI)?Error$/;

/** What an error is given behind its message, and does not take for its options. */
function lostIn(scopes: Scopes, [message, second, ...rest]: readonly Expression[]): Expression | undefined {
  if (!message || !second || isObjectLiteralExpression(unwrapped(second))) return undefined;
  if ([message, second, ...rest].some(isSpreadElement) || isPlace(second)) return undefined;
  const isLost = rest.length > 0 || hasPlaceholder(message) || isText(second) || isCaught(scopes, second);
  return isLost ? second : undefined;
}

/** What one engine takes: the file and the line that an error is about. */
function isPlace(argument: Expression): boolean {
  return /(?:file|url|path|filename)$/i.test(argument.getText());
}

function hasPlaceholder(message: Expression): boolean {
  const text = literalValue(message);
  return typeof text === "string" && /%[sdifjoO]/.test(text);
}

function isText(argument: Expression): boolean {
  const value = literalValue(argument);
  return typeof value === "string" || typeof value === "number" || hasText(unwrapped(argument));
}

function isCaught(scopes: Scopes, argument: Expression): boolean {
  return scopes.variableOf(unwrapped(argument))?.kind === "catch";
}
