/** Reports arguments of JavaScript calls that the function does not look at. */
import {
  defineRule,
  fixedLocalOf,
  functionOf,
  isWrittenSomewhere,
  mayHaveEffects,
  mentions,
  nodesOf,
  ownFunctionOf,
  quoted,
  uncheckedDiagnostics,
  unwrapped,
  type Ask,
  type FileDiagnostic,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "extra-arguments",
  summary: "A JavaScript function of the project is called with more arguments than it takes.",
  category: "calls",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Leave the argument out, or have the function take it.",
  listen: pass => ({
    *[SyntaxKind.SourceFile](_: SourceFile) {
      if (pass.file.isTest) return;
      for (const diagnostic of yield* uncheckedDiagnostics(pass, CODES)) {
        const call = callOf(diagnostic);
        if (call) yield* check(pass, call);
      }
    },
  }),
});
export default rule;

/** TypeScript's: a call with too many or too few arguments. */
const CODES: ReadonlySet<number> = new Set([2554]);

type Call = CallExpression | NewExpression;

/** The call that a diagnostic about a surplus argument is about; it starts at that argument. */
function callOf({ node }: FileDiagnostic): Call | undefined {
  for (let at: Node = node; at.parent; at = at.parent) {
    const { parent } = at;
    const isCall = isCallExpression(parent) || isNewExpression(parent);
    if (isCall && parent.arguments?.some(argument => argument === at)) return parent;
    if (parent.getStart() !== node.getStart()) return undefined;
  }
  return undefined;
}

function* check(pass: Pass, call: Call): Ask<void> {
  const given = call.arguments ?? [];
  if (given.some(isSpreadElement)) return;
  const fn = yield* calledFunction(pass, call);
  if (!fn) return;
  const { length } = fn.parameters;
  const [first] = given.slice(length);
  if (!first || call.expression.kind === SyntaxKind.SuperKeyword) return;
  const { sourceFile } = pass.file;
  const takes = length === 0 ? "no argument" : length === 1 ? "one argument" : `${String(length)} arguments`;
  pass.report(first, {
    message: `${quoted(call.expression, sourceFile)} takes ${takes}, so that ${quoted(first, sourceFile)} is ignored.`,
    evidence: [{ at: (fn as { name?: Node }).name ?? fn, message: `This takes ${takes}.` }],
    fixes: fixesFor(call, given, length),
  });
}

/** The function that a call means for certain, where it takes no more than its parameters. */
function* calledFunction(pass: Pass, call: Call): Ask<FunctionLikeDeclaration | undefined> {
  const named = yield* functionOf(pass.checker, call.expression);
  const fn = named ?? (isNewExpression(call) ? yield* ownFunctionOf(pass, call) : undefined);
  if (!fn || takesMore(fn)) return undefined;
  return isReplaceable(fn) && !(yield* isExact(pass, call)) ? undefined : fn;
}

/** A function without code stands for others, and `arguments` has everything. */
function takesMore(fn: FunctionLikeDeclaration): boolean {
  const { body } = fn;
  if (!body) return true;
  if (isBlock(body) && body.statements.length === 0) return true;
  return fn.parameters.some(each => each.dotDotDotToken) || mentions(body, "arguments") || isStub(fn, body);
}

/** A body that only returns or throws something fixed is a stand-in. */
function isStub({ parameters }: FunctionLikeDeclaration, body: Node): boolean {
  if (parameters.some(({ name }) => isIdentifier(name) && mentions(body, name.text))) return false;
  return [...nodesOf(body)].length <= 4;
}

/** A method may be replaced by one that takes more. */
function isReplaceable(fn: FunctionLikeDeclaration): boolean {
  if (fn.kind === SyntaxKind.Constructor) return false;
  return isClassLikeDeclaration(fn.parent) || fn.parent.kind === SyntaxKind.ObjectLiteralExpression;
}

/** Whether a call is one of a method of what was made in sight: by `new Logger()`, or as a literal whose methods stay. */
function* isExact({ checker, file }: Pass, { expression }: Call): Ask<boolean> {
  const callee = unwrapped(expression);
  if (!isPropertyAccessExpression(callee) || isWrittenSomewhere(file.sourceFile, callee.name.text)) return false;
  const local = yield* fixedLocalOf(checker, callee.expression);
  const made = unwrapped(local?.value ?? callee.expression);
  return isNewExpression(made) || (local !== undefined && isObjectLiteralExpression(made));
}

function fixesFor(call: Call, given: readonly Expression[], count: number): readonly ReportedFix[] {
  const surplus = given.slice(count);
  if (surplus.some(argument => mayHaveEffects(unwrapped(argument)))) return [];
  const last = given.at(-1);
  const start = count === 0 ? (given[0]?.getStart() ?? call.end) : (given[count - 1]?.end ?? call.end);
  if (!last) return [];
  const title = surplus.length === 1 ? "Leave out the argument" : "Leave out the arguments";
  return [{ title, safety: "suggested", edits: [{ at: { start, end: last.end }, text: "" }] }];
}
