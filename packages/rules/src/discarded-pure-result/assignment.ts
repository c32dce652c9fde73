/** The edit that keeps a changed copy: `text.trim();` becomes `text = text.trim();`. */
import { asMethodCall, builtinOf, unwrapped, wrapped, type Ask, type Pass, type ReportedFix } from "@review/analysis";
import { isExpressionStatement, isIdentifier, type CallExpression, type Node } from "@review/program/syntax";

const COPIED: ReadonlySet<string> = new Set(["String", "Array"]);

/** Undefined where the copy is of another kind than what it is made of, or that cannot be written again. */
export function* assignment(pass: Pass, call: CallExpression): Ask<ReportedFix | undefined> {
  const object = asMethodCall(call)?.object;
  const name = object && unwrapped(object);
  if (!name || !isIdentifier(name) || !isExpressionStatement(wrapped(call).parent)) return undefined;
  if (!WRITABLE.has(pass.scopes().variableOf(name)?.kind ?? "")) return undefined;
  if (!(yield* isOfSameKind(pass, call, name))) return undefined;
  const start = call.getStart();
  return {
    title: `Assign the result to \`${name.text}\``,
    safety: "suggested",
    edits: [{ at: { start, end: start }, text: `${name.text} = ` }],
  };
}

const WRITABLE: ReadonlySet<string> = new Set(["let", "var", "parameter"]);

function* isOfSameKind({ checker }: Pass, copy: Node, original: Node): Ask<boolean> {
  const builtin = yield* builtinOf(checker, original);
  if (!COPIED.has(builtin ?? "") || (yield* builtinOf(checker, copy)) !== builtin) return false;
  return yield* checker.isAssignable(yield* checker.typeOf(copy), yield* checker.typeOf(original));
}
