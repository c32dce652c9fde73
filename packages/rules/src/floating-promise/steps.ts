/** Functions that are a step of a chain of promises, and end with a chain of their own that the first one does not wait for. */
import {
  asMethodCall,
  isUncertain,
  ownNodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isFunctionDeclaration,
  isReturnStatement,
  type CallExpression,
  type ExpressionStatement,
  type FunctionDeclaration,
  type Node,
} from "@review/program/syntax";

/** `function start() { broker.start().then(open); }`, where the file says `Promise.resolve().then(start).catch(exit)`. */
export function* checkStep(pass: Pass, statement: ExpressionStatement): Ask<void> {
  const call = unwrapped(statement.expression);
  if (!isCallExpression(call) || !isOpenChain(call) || pass.file.isTest) return;
  const fn = functionEndingWith(statement);
  const variable = fn?.name && pass.scopes().variableOf(fn.name);
  const step = variable && chainWith(variable);
  // Of what has a type, the compiler knows whether it is a promise, and the rule has asked it.
  if (!fn || !step || !isUncertain(yield* pass.checker.typeOf(call))) return;
  const { sourceFile } = pass.file;
  const start = call.getStart(sourceFile);
  const what = asMethodCall(call)?.object ?? call;
  pass.report(
    { start, end: what.end },
    {
      message: `${quoted(fn.name, sourceFile)} is a step of a chain, which goes on without ${quoted(what, sourceFile)}: if it rejects, the error is lost.`,
      evidence: [
        { at: step, message: "This waits for what the function returns, and handles it." },
        { at: statement, message: "This is not returned." },
      ],
      fixes: [{ title: "Return it", safety: "suggested", edits: [{ at: { start, end: start }, text: "return " }] }],
    },
  );
}

/** `x.then(f)`, with no handler for an error. */
function isOpenChain(call: CallExpression): boolean {
  return asMethodCall(call)?.name === "then" && call.arguments.length === 1;
}

/** The function whose last statement this is, and which returns nothing anywhere. */
function functionEndingWith(statement: ExpressionStatement): FunctionDeclaration | undefined {
  const body = statement.parent;
  if (!isBlock(body) || body.statements.at(-1) !== statement) return undefined;
  if (!isFunctionDeclaration(body.parent) || body.parent.asteriskToken) return undefined;
  const returns = [...ownNodesOf(body)].some(node => isReturnStatement(node) && node.expression !== undefined);
  return returns ? undefined : body.parent;
}

/** The call that has a function as a step: `.then(start)`. */
function chainWith({ references }: Variable): Node | undefined {
  return references
    .map(({ node }) => wrapped(node).parent)
    .find(call => isCallExpression(call) && asMethodCall(call)?.name === "then" && isTaken(call, references));
}

function isTaken(call: CallExpression, references: Variable["references"]): boolean {
  return call.arguments.some(argument => references.some(({ node }) => unwrapped(argument) === node));
}
