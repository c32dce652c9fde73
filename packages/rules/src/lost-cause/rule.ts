/** Reports errors that are thrown in place of a caught one, and keep nothing of it. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  isGlobal,
  isThenable,
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
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isThrowStatement,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type CatchClause,
  type FunctionExpression,
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
    *[SyntaxKind.CatchClause](clause: CatchClause) {
      if (isProbing((clause.parent as TryStatement).tryBlock)) return;
      yield* check(pass, clause, clause.variableDeclaration?.name, clause.block);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [handler, more] = call.arguments;
      if (method?.name !== "catch" || !handler || more || !isFunction(handler) || isProbing(method.object)) return;
      if (!handler.body || !(yield* isThenable(pass.checker, yield* pass.checker.typeOf(method.object)))) return;
      yield* check(pass, handler, handler.parameters[0]?.name, handler.body);
    },
  }),
});
export default rule;

type Made = NewExpression | CallExpression;

function isFunction(node: Node): node is ArrowFunction | FunctionExpression {
  return isArrowFunction(node) || isFunctionExpression(node);
}

/** What is thrown in the body of a `catch`, or of a handler of that name. */
function* check(pass: Pass, clause: Node, name: Node | undefined, body: Node): Ask<void> {
  if (isUsed(name, body) || pass.file.isTest) return;
  for (const made of thrownIn(body)) {
    if (!(yield* isBuiltinError(pass, made)) || !(yield* knowsCause(pass, made))) continue;
    pass.report(made, {
      message: `This ${quoted(made.expression, pass.file.sourceFile)} hides why it is thrown: the caught error, its message and its stack are lost.`,
      evidence: [{ at: name ?? clause, message: "The error that is caught here is not used." }],
      fixes: name && isIdentifier(name) ? fixesFor(made, name) : [],
    });
  }
}

function isUsed(name: Node | undefined, body: Node): boolean {
  return name !== undefined && (!isIdentifier(name) || mentions(body, name.text));
}

/** What the body itself makes to throw it. */
function thrownIn(body: Node): readonly Made[] {
  const [first] = ownNodesOf(body);
  const owner = first && enclosingFunction(first);
  const own = [...ownNodesOf(body)].filter(node => enclosingFunction(node) === owner);
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
function isProbing(tried: Node): boolean {
  return [...ownNodesOf(tried)].some(node => isMade(node) && PROBES.test(node.expression.getText()));
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
  const [, options] = made.arguments ?? [];
  if (options && !(isObjectLiteralExpression(options) && options.properties.length === 0)) return false;
  return (yield* checker.resolveName("ErrorOptions", SymbolFlags.Interface, made)) !== undefined;
}

function fixesFor(made: Made, name: Identifier): readonly ReportedFix[] {
  const [last, options] = made.arguments ?? [];
  if (!last || options) return [];
  const cause = name.text === "cause" ? "{ cause }" : `{ cause: ${name.text} }`;
  const at = { start: last.end, end: last.end };
  return [{ title: "Keep the caught error as the cause", safety: "suggested", edits: [{ at, text: `, ${cause}` }] }];
}
