/** A whole list of arguments that is passed on as one argument. */
import { quoted, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAssignment,
  type CallExpression,
  type Identifier,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

/** `apply: (target, self, list) => handle(list)`, where `handle` gathers its arguments into a list itself. */
export function* checkSpread(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  const [only, more] = call.arguments ?? [];
  if (!only || more || !isIdentifier(only) || !isCallExpression(call)) return;
  const parameter = listParameter(pass, only);
  if (!parameter) return;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return;
  const [gathered, another] = callee.fn.parameters;
  if (!gathered?.dotDotDotToken || another) return;
  const start = only.getStart();
  pass.report(only, {
    message: `${quoted(call.expression, pass.file.sourceFile)} gathers its arguments, and gets the list \`${only.text}\` as the first of them.`,
    evidence: [
      { at: parameter, message: "This is a list of arguments already." },
      { at: gathered, message: "This makes a list of whatever is passed." },
    ],
    fixes: [{ title: "Spread the list", safety: "suggested", edits: [{ at: { start, end: start }, text: "..." }] }],
  });
}

/** The parameter that a name reads, where what it holds is the arguments of a call: those of a proxy's trap. */
function listParameter(pass: Pass, name: Identifier): ParameterDeclaration | undefined {
  const variable = pass.scopes().variableOf(name);
  const parameter = variable?.declarations[0]?.parent;
  if (!parameter || !isParameterDeclaration(parameter) || variable.references.some(({ isWritten }) => isWritten)) {
    return undefined;
  }
  const { parent: fn } = parameter;
  const position = isFunctionLikeDeclaration(fn) ? fn.parameters.indexOf(parameter) : -1;
  return position === TRAPS.get(trapName(fn) ?? "") ? parameter : undefined;
}

/** Where the traps of a proxy get the list of arguments. */
const TRAPS: ReadonlyMap<string, number> = new Map([
  ["apply", 2],
  ["construct", 1],
]);

function trapName(fn: Node): string | undefined {
  const member = isMethodDeclaration(fn) ? fn : fn.parent;
  if (!isMethodDeclaration(member) && !isPropertyAssignment(member)) return undefined;
  const handler = member.parent;
  if (!isObjectLiteralExpression(handler) || !isNewExpression(handler.parent)) return undefined;
  return handler.parent.expression.getText() === "Proxy" ? member.name.getText() : undefined;
}
