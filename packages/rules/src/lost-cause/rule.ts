/** Reports errors that are thrown in place of a caught one, and keep nothing of it. */
import {
  defineRule,
  enclosingFunction,
  isGlobal,
  mentions,
  ownNodesOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { SymbolFlags } from "@review/program";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isThrowStatement,
  SyntaxKind,
  type CallExpression,
  type CatchClause,
  type Identifier,
  type NewExpression,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "lost-cause",
  summary: "A `catch` throws a new error that keeps nothing of the one that was caught.",
  category: "errors",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give the new error the caught one: `new Error(message, { cause: error })`.",
  listen: pass => ({
    [SyntaxKind.CatchClause]: (clause: CatchClause) => check(pass, clause),
  }),
});
export default rule;

type Made = NewExpression | CallExpression;

function* check(pass: Pass, clause: CatchClause): Ask<void> {
  const name = clause.variableDeclaration?.name;
  if (isUsed(clause) || pass.file.isTest || isProbing(clause.parent as TryStatement)) return;
  for (const made of thrownIn(clause)) {
    if (!(yield* isBuiltinError(pass, made)) || !(yield* knowsCause(pass, made))) continue;
    pass.report(made, {
      message: `This ${quoted(made.expression, pass.file.sourceFile)} hides why it is thrown: the caught error, its message and its stack are lost.`,
      evidence: [{ at: name ?? clause, message: "The error that is caught here is not used." }],
      fixes: name && isIdentifier(name) ? fixesFor(made, name) : [],
    });
  }
}

function isUsed({ variableDeclaration, block }: CatchClause): boolean {
  const name = variableDeclaration?.name;
  return name !== undefined && (!isIdentifier(name) || mentions(block, name.text));
}

/** What the clause itself makes to throw it. */
function thrownIn(clause: CatchClause): readonly Made[] {
  const owner = enclosingFunction(clause);
  const own = [...ownNodesOf(clause.block)].filter(node => enclosingFunction(node) === owner);
  return own.flatMap(node => thrownBy(node) ?? []);
}

function thrownBy(node: Node): Made | undefined {
  const made = isThrowStatement(node) ? unwrapped(node.expression) : node;
  return made !== node && isMade(made) ? made : undefined;
}

function isMade(node: Node): node is Made {
  return isNewExpression(node) || isCallExpression(node);
}

/** Something that is tried, and fails in one way only: the text is no JSON, the package is not there. */
function isProbing({ tryBlock }: TryStatement): boolean {
  return [...ownNodesOf(tryBlock)].some(node => isMade(node) && PROBES.test(node.expression.getText()));
}

const PROBES =
  /^(?:require(?:\.resolve)?|import|JSON\.parse|URL|RegExp|BigInt|decodeURI(?:Component)?|atob|Buffer\.from|new Function)$|\.(?:resolve|parse|access|stat)(?:Sync)?$/;

function* isBuiltinError({ checker }: Pass, { expression }: Made): Ask<boolean> {
  const callee = unwrapped(expression);
  if (!isIdentifier(callee) || !ERRORS.has(callee.text)) return false;
  return yield* isGlobal(checker, callee, callee.text);
}

const ERRORS: ReadonlySet<string> = new Set([
  "Error",
  "TypeError",
  "RangeError",
  "SyntaxError",
  "ReferenceError",
  "URIError",
]);

/** Whether the library that the project is compiled with has the option, and nothing is given in its place. */
function* knowsCause({ checker }: Pass, made: Made): Ask<boolean> {
  if ((made.arguments?.length ?? 0) > 1) return false;
  return (yield* checker.resolveName("ErrorOptions", SymbolFlags.Interface, made)) !== undefined;
}

function fixesFor(made: Made, name: Identifier): readonly ReportedFix[] {
  const last = made.arguments?.at(-1);
  if (!last) return [];
  const cause = name.text === "cause" ? "{ cause }" : `{ cause: ${name.text} }`;
  const at = { start: last.end, end: last.end };
  return [{ title: "Keep the caught error as the cause", safety: "suggested", edits: [{ at, text: `, ${cause}` }] }];
}
