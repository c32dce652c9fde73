/** Calls in JavaScript with fewer arguments than a builtin, or a typed function of the project, takes at least. */
import {
  dereferenceOf,
  functionOf,
  isBuiltin,
  isOptionalByComment,
  neededReferences,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type FileDiagnostic,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  type CallExpression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

export function* checkDeclared(pass: Pass, diagnostic: FileDiagnostic): Ask<void> {
  const call = callOf(diagnostic);
  const counts = /Expected (?:at least )?(\d+).*got (\d+)/.exec(diagnostic.text);
  if (!call || !counts || pass.file.isTest || call.arguments?.some(isSpreadElement)) return;
  const [wanted, given] = [Number(counts[1]), Number(counts[2])];
  if (given >= wanted || !(yield* isKnown(pass, call))) return;
  const { sourceFile } = pass.file;
  const takes = wanted === 1 ? "an argument" : `${String(wanted)} arguments`;
  pass.report(call, {
    message: `${quoted(call.expression, sourceFile)} needs ${takes} and gets ${given === 0 ? "none" : String(given)}.`,
    evidence: [{ at: call, message: diagnostic.text }],
  });
}

/** The diagnostic starts at the name of what is called. */
function callOf({ node }: FileDiagnostic): CallExpression | NewExpression | undefined {
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    if ((isCallExpression(parent) || isNewExpression(parent)) && parent.expression === at) return parent;
    if (isCallExpression(at) || isNewExpression(at)) return at;
  }
  return undefined;
}

/**
 * Doc comments promise what nobody checks, so that besides builtins and functions in TypeScript only those count whose comment calls another
 * parameter optional, and that read from this one, or hand it to what refuses it, without a test.
 */
function* isKnown({ checker }: Pass, call: CallExpression | NewExpression): Ask<boolean> {
  const callee = unwrapped(call.expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!isIdentifier(name)) return false;
  const symbol = yield* checker.symbolOf(name);
  if (!symbol) return false;
  const target = yield* checker.targetOf(symbol);
  // `window.onresize()` calls a handler of the page's own.
  if (isBuiltin(target)) return !FORGIVING.has(name.text) && !/^on[a-z]+$/.test(name.text);
  const fn = yield* functionOf(checker, callee);
  if (!fn) return false;
  if (/\.[cm]?tsx?$/.test(fn.getSourceFile().fileName)) return true;
  const left = fn.parameters[call.arguments?.length ?? 0];
  const isToldApart = fn.parameters.some(({ name: each }) => isOptionalByComment(fn, each.getText()));
  return (
    isToldApart && left !== undefined && neededReferences(fn, left).some(({ node }) => dereferenceOf(wrapped(node)))
  );
}

/** They take a missing argument for 0, for undefined or for nothing at all. */
const FORGIVING: ReadonlySet<string> = new Set([
  ...["charAt", "charCodeAt", "codePointAt", "at", "resolve", "reject", "next", "return", "push", "unshift"],
  ...["Promise", "concat", "fill", "scroll", "scrollTo", "scrollBy", "append", "prepend", "write", "end", "emit"],
  "postMessage",
  // What they call has parameters of its own.
  ...["call", "apply", "bind"],
]);
