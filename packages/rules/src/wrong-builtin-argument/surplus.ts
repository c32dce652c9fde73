/** Arguments of the language's functions that they do not look at: `parseFloat(text, 10)`, `Math.round(x, 2)`. */
import {
  isClaimed,
  quoted,
  uncheckedDiagnostics,
  unwrapped,
  type Ask,
  type FileDiagnostic,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** TypeScript's: a call with too many or too few arguments. */
const CODES: ReadonlySet<number> = new Set([2554]);

export function* checkSurplus(pass: Pass): Ask<void> {
  if (pass.file.isTest) return;
  for (const diagnostic of yield* uncheckedDiagnostics(pass, CODES)) {
    const surplus = surplusOf(diagnostic);
    if (!surplus || !(yield* isOfLanguage(pass, surplus.call))) continue;
    const { sourceFile } = pass.file;
    pass.report(surplus.at, {
      message: `${quoted(surplus.call.expression, sourceFile)} does not look at ${quoted(surplus.at, sourceFile)}.`,
      evidence: [{ at: surplus.at, message: diagnostic.text }],
    });
  }
}

interface Surplus {
  readonly call: CallExpression;
  readonly at: Node;
}

/** The diagnostic starts at the first argument too many. */
function surplusOf({ node, text }: FileDiagnostic): Surplus | undefined {
  const counts = /Expected (\d+).*got (\d+)/.exec(text);
  if (!counts || Number(counts[2]) <= Number(counts[1])) return undefined;
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isCallExpression(parent) && parent.arguments.some(each => each === at)) {
      return parent.arguments.some(isSpreadElement) ? undefined : { call: parent, at };
    }
    if (parent.getStart() !== node.getStart()) return undefined;
  }
  return undefined;
}

/** Hosts have functions that take more than their types say; the language has none. */
function* isOfLanguage({ checker }: Pass, call: CallExpression): Ask<boolean> {
  const callee = unwrapped(call.expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  // A function without parameters in view may well be one that reads `arguments`.
  if (!isIdentifier(name) || BORROWING.has(name.text)) return false;
  // A doc comment says "string" of what may be a buffer, whose `toString` takes an encoding.
  if (isPropertyAccessExpression(callee) && (yield* isClaimed(checker, callee.expression))) return false;
  const symbol = yield* checker.symbolOf(name);
  return (
    symbol !== undefined &&
    symbol.declarations.length > 0 &&
    symbol.declarations.every(({ path }) => LANGUAGE.test(path))
  );
}

const BORROWING: ReadonlySet<string> = new Set(["bind", "call", "apply"]);

const LANGUAGE = /\/lib\.es[^/]*\.d\.ts$/;
