/** Reports errors that are thrown in place of a caught one, and keep nothing of it. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  isThenable,
  nodesOf,
  ownNodesOf,
  perFile,
  quoted,
  unwrapped,
  usesOf,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isAwaitExpression,
  isCatchClause,
  isFunctionExpression,
  isIdentifier,
  isThrowStatement,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type CatchClause,
  type FunctionExpression,
  type Identifier,
  type Node,
  type SourceFile,
  type TryStatement,
} from "@review/program/syntax";
import { isMade, knowsCause, type Made } from "./classes.ts";
import { declarationIn, useOf } from "./uses.ts";

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

function isFunction(node: Node): node is ArrowFunction | FunctionExpression {
  return isArrowFunction(node) || isFunctionExpression(node);
}

/** What is thrown in the body of a `catch`, or of a handler of that name. */
function* check(pass: Pass, clause: Node, name: Node | undefined, body: Node): Ask<void> {
  if (pass.file.isTest || (name && !isIdentifier(name))) return;
  const thrown = thrownIn(body);
  const words = lossOf(pass, name && useOf(name, body, thrown));
  if (!words) return;
  for (const made of thrown) {
    if (!(yield* knowsCause(pass, made))) continue;
    pass.report(made, {
      message: `This ${quoted(made.expression, pass.file.sourceFile)} hides why it is thrown: ${words.lost}.`,
      evidence: [{ at: name ?? clause, message: words.evidence }],
      fixes: name ? fixesFor(made, name) : [],
    });
  }
}

function lossOf({ file }: Pass, use: ReturnType<typeof useOf> | undefined): typeof UNUSED | undefined {
  if (use === "kept") return undefined;
  if (use === "told") return isHabit(file.sourceFile) ? undefined : TOLD;
  return UNUSED;
}

const UNUSED = {
  lost: "the caught error, its message and its stack are lost",
  evidence: "The error that is caught here is not used.",
};
const TOLD = {
  lost: "its stack and its kind are lost",
  evidence: "Only the text of the error that is caught here is used.",
};

/** With how many places it is a file's way to tell errors, and no slip. */
const FEWEST_OF_HABIT = 3;

const isHabit: (file: SourceFile) => boolean = perFile(file => {
  const told = [...nodesOf(file)].filter(isCatchClause).filter(({ variableDeclaration, block }) => {
    const name = variableDeclaration?.name;
    const thrown = thrownIn(block);
    return name !== undefined && isIdentifier(name) && thrown.length > 0 && useOf(name, block, thrown) === "told";
  });
  return told.length >= FEWEST_OF_HABIT;
});

/** What the body itself makes to throw it, directly or by way of a constant that it does nothing else with. */
function thrownIn(body: Node): readonly Made[] {
  const [first] = ownNodesOf(body);
  const owner = first && enclosingFunction(first);
  const own = [...ownNodesOf(body)].filter(node => enclosingFunction(node) === owner);
  return own.flatMap(node => thrownBy(node, body) ?? []);
}

function thrownBy(node: Node, body: Node): Made | undefined {
  if (!isThrowStatement(node)) return undefined;
  const thrown = unwrapped(node.expression);
  const made = isIdentifier(thrown) ? onlyValueOf(thrown, body) : thrown;
  return made && isMade(made) ? made : undefined;
}

function onlyValueOf(name: Identifier, body: Node): Node | undefined {
  const declaration = declarationIn(body, name.text);
  return declaration?.initializer && usesOf(body, name.text).length === 1
    ? unwrapped(declaration.initializer)
    : undefined;
}

/** Something that is tried, and fails in one way only: the text is no JSON, the package is not there. */
function isProbing(tried: Node): boolean {
  const nodes = [...ownNodesOf(tried)];
  // What is waited for may fail in ways of its own.
  if (nodes.some(node => isAwaitExpression(node) && !isProbe(unwrapped(node.expression)))) return false;
  return nodes.some(isProbe);
}

function isProbe(node: Node): boolean {
  return isMade(node) && PROBES.test(node.expression.getText());
}

const PROBES =
  /^(?:require(?:\.resolve)?|import|JSON\.parse|URL|RegExp|BigInt|decodeURI(?:Component)?|atob|Buffer\.from|new Function)$|\.(?:resolve|parse|access|stat)(?:Sync)?$/;

function fixesFor(made: Made, name: Identifier): readonly ReportedFix[] {
  const [last, options] = made.arguments ?? [];
  if (!last) return [];
  const cause = name.text === "cause" ? "{ cause }" : `{ cause: ${name.text} }`;
  const edit = options ? { at: options, text: cause } : { at: { start: last.end, end: last.end }, text: `, ${cause}` };
  return [{ title: "Keep the caught error as the cause", safety: "suggested", edits: [edit] }];
}
