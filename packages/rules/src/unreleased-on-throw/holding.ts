/** What a function does with a resource that it holds in a local: gives it back, hands it on, or only uses it. */
import {
  asMethodCall,
  isCondition,
  isDiscarded,
  memberName,
  wrapped,
  type Ask,
  type Facts,
  type Pass,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  SyntaxKind,
  type CallExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { calleeName, type Acquired } from "./acquired.ts";

/** The calls that give a resource back; undefined where somebody else may have become its owner. */
export function* releasesOf(
  pass: Pass,
  variable: Variable,
  name: Node,
  acquired: Acquired,
): Ask<ReadonlySet<Node> | undefined> {
  const releases = new Set<Node>();
  for (const { node, root, isWritten } of variable.references) {
    if (node === name) continue;
    if (isWritten || root !== variable.root) return undefined;
    const use = yield* useOf(pass, node, acquired);
    if (use === "handed on") return undefined;
    if (use !== "used") releases.add(use);
  }
  return releases;
}

type Use = "used" | "handed on" | CallExpression;

function* useOf(pass: Pass, name: Identifier, acquired: Acquired): Ask<Use> {
  const outer = wrapped(name);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) {
    return parent.expression === outer ? useOfMember(parent, acquired) : "handed on";
  }
  if (!isCallExpression(parent)) return isHarmless(outer, parent) || isOption(outer) ? "used" : "handed on";
  if (parent.expression === outer) return RELEASERS.test(name.text) ? parent : "used";
  return yield* useOfArgument(pass, parent, outer, acquired);
}

/** Tests, comparisons and what else keeps nothing. */
function isHarmless(outer: Node, parent: Node): boolean {
  if (isCondition(outer) || isDiscarded(outer) || HARMLESS.has(parent.kind)) return true;
  return isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind);
}

/** `orders.insertOne(order, { session })`: what shall be done in a session leaves it open. */
function isOption({ parent }: Node): boolean {
  if (!isShorthandPropertyAssignment(parent) && !isPropertyAssignment(parent)) return false;
  const literal = wrapped(parent.parent);
  return /^(?:session|transaction|trx)$/.test(parent.name.getText()) && isCallExpression(literal.parent);
}

/** `const release = await lock.acquire()`. */
const RELEASERS = /release|unlock|dispose|free|clean|close|done/i;

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InstanceOfKeyword,
  SyntaxKind.InKeyword,
]);

const HARMLESS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.TypeOfExpression, SyntaxKind.TemplateSpan]);

function useOfMember(member: Node & { readonly expression: Node }, { releasedBy }: Acquired): Use {
  const name = memberName(member) ?? symbolName(member);
  const outer = wrapped(member);
  const call = outer.parent;
  if (name === undefined || !releasedBy.has(name)) return mayHandItselfOn(outer, name) ? "handed on" : "used";
  if (isCallExpression(call) && call.expression === outer) return call;
  return "handed on";
}

function symbolName(member: Node): string | undefined {
  return isElementAccessExpression(member) ? `[${member.argumentExpression.getText()}]` : undefined;
}

/** `onClose(…)`, `on("end", …)`, `unref()`: it is somebody else's business when it ends. */
function mayHandItselfOn(outer: Node, name: string | undefined): boolean {
  if (!isCallExpression(outer.parent) || outer.parent.expression !== outer || name === undefined) return false;
  return /^(?:on|once|addListener|addEventListener|pipe|pipeTo|unref|detach|then)$/.test(name);
}

function* useOfArgument(pass: Pass, call: CallExpression, argument: Node, acquired: Acquired): Ask<Use> {
  const name = calleeName(call);
  if (name !== undefined && acquired.releasedBy.has(name) && !(acquired.isGuessed && ENDS_WORK.has(name))) return call;
  return acquired.isPath ? "used" : yield* useByCallee(pass, call, argument);
}

function* useByCallee(pass: Pass, call: CallExpression, argument: Node): Ask<Use> {
  const position = call.arguments.findIndex(each => each === argument);
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind === "model") return useByTable(callee.facts, call, position);
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return "handed on";
  const { fn } = callee;
  const released = yield* pass.summaries.askParameter(fn, position, "released");
  if (released.verdict !== "no") return released.verdict === "yes" ? call : "handed on";
  for (const use of ["stored", "returned", "called"] as const) {
    if ((yield* pass.summaries.askParameter(fn, position, use)).verdict !== "no") return "handed on";
  }
  return "used";
}

/** Of what is passed to them they say nothing: `commit(request)`. */
const ENDS_WORK: ReadonlySet<string> = new Set(["commit", "rollback", "end", "cancel", "abort", "disconnect", "quit"]);

function useByTable({ releases, takes }: Facts, call: CallExpression, position: number): Use {
  if (releases === position) return call;
  const uses = (takes?.[position] ?? takes?.["*"])?.uses ?? [];
  return uses.some(use => KEEPS.has(use)) ? "handed on" : "used";
}

const KEEPS: ReadonlySet<string> = new Set(["stored", "returned", "called", "released"]);

/** The calls on an object in a function that `isEnd` takes for the end of what began there. */
export function endsAmong(
  nodes: Iterable<Node>,
  isSameObject: (object: Node) => boolean,
  isEnd: (call: CallExpression) => boolean,
): ReadonlySet<Node> {
  const ends = new Set<Node>();
  for (const node of nodes) {
    const method = isCallExpression(node) ? asMethodCall(node) : undefined;
    if (method && isCallExpression(node) && isSameObject(method.object) && isEnd(node)) ends.add(node);
  }
  return ends;
}
