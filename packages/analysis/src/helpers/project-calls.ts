/** Calls of the project's own functions, and whether such a function can do without a parameter. */
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isForOfStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { scopesOf, type Reference } from "../flow/scope.ts";
import { COMPUTED, stablePathOf } from "../flow/stable-paths.ts";
import { remembered } from "../remembered.ts";
import type { Pass } from "../rule.ts";
import { nodesOf } from "../walk.ts";
import { perFile } from "./per-file.ts";
import { prototypeMethodOf } from "./prototypes.ts";
import { isCondition, mentions, ownNodesOf, unwrapped, wrapped } from "./nodes.ts";

export type ArgumentCall = CallExpression | NewExpression;

/** What it takes to find out which function is called. */
type Asked = Pick<Pass, "checker" | "summaries">;

/**
 * The only function of the project that a call can mean, whose parameters take what the call passes. Undefined for
 * calls that spread, methods that heirs may replace, and functions that look at `arguments`.
 */
export function* ownFunctionOf(pass: Pass, call: ArgumentCall): Ask<FunctionLikeDeclaration | undefined> {
  if (call.arguments?.some(isSpreadElement)) return undefined;
  const method = isCallExpression(call) ? prototypeMethodOf(unwrapped(call.expression)) : undefined;
  const fn = method ?? (yield* calledOf(pass, call));
  return !fn?.body || readsArguments(fn) ? undefined : fn;
}

/** The calls of a file, `new` included, by the text of what they call. */
export const callsByCallee: (file: SourceFile) => ReadonlyMap<string, readonly ArgumentCall[]> = perFile(file => {
  const calls = new Map<string, ArgumentCall[]>();
  for (const node of nodesOf(file)) {
    if (!isCallExpression(node) && !isNewExpression(node)) continue;
    const callee = node.expression.getText();
    const others = calls.get(callee);
    if (others) others.push(node);
    else calls.set(callee, [node]);
  }
  return calls;
});

/** Half of the calls in a file are made by a name that an earlier one was made by: that one is asked about. */
function* calledOf(pass: Pass, call: ArgumentCall): Ask<FunctionLikeDeclaration | undefined> {
  const name = isCallExpression(call) ? fixedNameOf(pass, call.expression) : undefined;
  if (name === undefined) return yield* askCalled(pass, call);
  const { first, ask } = calledIn(pass);
  const key = `${pass.file.path} ${name}`;
  const known = first.get(key);
  if (!known) first.set(key, call);
  return yield* ask(known ?? call);
}

interface Called {
  /** The first call by each name. */
  readonly first: Map<string, ArgumentCall>;
  readonly ask: (call: ArgumentCall) => Ask<FunctionLikeDeclaration | undefined>;
}

const called = new WeakMap<Pass["summaries"], Called>();

/** What names were found to mean, for as long as their project is open; every rule would be told the same. */
function calledIn(pass: Pass): Called {
  let known = called.get(pass.summaries);
  if (!known) {
    const { checker, summaries } = pass;
    known = { first: new Map(), ask: remembered(call => askCalled({ checker, summaries }, call)) };
    called.set(summaries, known);
  }
  return known;
}

/** Names the same function wherever it is written in the file; a test may narrow what parameters and variables are. */
function fixedNameOf(pass: Pass, callee: Expression): string | undefined {
  const path = stablePathOf(pass.scopes(), callee);
  if (!path || path.members.includes(COMPUTED)) return undefined;
  const [root] = path.variables;
  if (!root) return `${path.key} ${String(ownerOfThis(callee)?.pos)}`;
  return root.kind === "parameter" || root.references.some(({ isWritten }) => isWritten) ? undefined : path.key;
}

/** What decides which object `this` is: the function, the class or the file that it stands in. */
function ownerOfThis(node: Node): Node | undefined {
  let at = node.parent as Node | undefined;
  while (at && (!(isFunctionLikeDeclaration(at) || isClassLikeDeclaration(at)) || isArrowFunction(at))) at = at.parent;
  return at && isClassLikeDeclaration(at.parent) ? at.parent : at;
}

function* askCalled(pass: Asked, call: ArgumentCall): Ask<FunctionLikeDeclaration | undefined> {
  if (isBorrowed(call) || !(yield* isOfProject(pass, call))) return undefined;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || callee.overridden !== undefined) return undefined;
  return isFunctionLikeDeclaration(callee.fn) ? callee.fn : undefined;
}

/** `f.call(…)` and `f.apply(…)` pass something else first. */
function isBorrowed({ expression }: ArgumentCall): boolean {
  const callee = unwrapped(expression);
  return isPropertyAccessExpression(callee) && (callee.name.text === "call" || callee.name.text === "apply");
}

/** Most calls are of libraries, whose functions have no bodies to look at. */
function* isOfProject({ checker }: Asked, call: ArgumentCall): Ask<boolean> {
  const callee = unwrapped(call.expression);
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!isIdentifier(name) && name.kind !== SyntaxKind.PrivateIdentifier) return false;
  const symbol = yield* checker.symbolOf(name);
  if (!symbol) return false;
  const { declarations } = yield* checker.targetOf(symbol);
  return declarations.length > 0 && declarations.every(({ path }) => !/\.d\.[cm]?ts$/.test(path));
}

const readers = new WeakMap<FunctionLikeDeclaration, boolean>();

/** Whether a function looks at `arguments`, which gives its parameters other meanings. */
export function readsArguments(fn: FunctionLikeDeclaration): boolean {
  let isReader = readers.get(fn);
  if (isReader === undefined) {
    isReader = [...ownNodesOf(fn)].some(node => isIdentifier(node) && node.text === "arguments");
    readers.set(fn, isReader);
  }
  return isReader;
}

/** `uses`: it is read and never tested. `breaks`: on top of that, a use throws where it is undefined. */
export type Need = "none" | "uses" | "breaks";

/** Whether a function can do without a parameter, as its own code shows. */
export function needOf(fn: FunctionLikeDeclaration, parameter: ParameterDeclaration): Need {
  const references = neededReferences(fn, parameter);
  if (references.length === 0) return "none";
  return references.some(({ node }) => isTakenApart(node)) ? "breaks" : "uses";
}

/** The reads of a parameter that has no default, is not optional by its comment, and is never tested nor written. */
export function neededReferences(fn: FunctionLikeDeclaration, parameter: ParameterDeclaration): readonly Reference[] {
  const { name, initializer, dotDotDotToken } = parameter;
  if (initializer || dotDotDotToken || !isIdentifier(name) || isOptionalByComment(fn, name.text)) return [];
  const variable = scopesOf(name.getSourceFile()).variableOf(name);
  if (!variable || variable.isExposed || (fn.body && mentions(fn.body, "arguments"))) return [];
  const { references } = variable;
  return references.some(each => each.isWritten || isTested(each)) ? [] : references;
}

/** `@param {string} [name]` and `@param {string=} name`. */
export function isOptionalByComment(fn: FunctionLikeDeclaration, name: string): boolean {
  const owner = fn.parent.kind === SyntaxKind.VariableDeclaration ? fn.parent.parent.parent : fn;
  const text = owner.getFullText().slice(0, owner.getStart() - owner.pos);
  return new RegExp(`\\[\\s*${name.replace(/\$/g, "\\$")}\\b|=\\}\\s+${name.replace(/\$/g, "\\$")}\\b`).test(text);
}

function isTested({ node }: Reference): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isCondition(outer) || parent.kind === SyntaxKind.TypeOfExpression) return true;
  if (isBinaryExpression(parent)) return TESTS.has(parent.operatorToken.kind);
  if (isCallExpression(parent))
    return /\b(?:is[A-Z]\w*|Boolean|Object\.assign|defaults)$/.test(parent.expression.getText());
  if (parent.kind === SyntaxKind.SpreadAssignment) return true;
  return (
    (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.questionDotToken !== undefined
  );
}

const TESTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InstanceOfKeyword,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.AmpersandAmpersandToken,
]);

function isTakenApart(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent)) {
    return parent.expression === outer;
  }
  return isForOfStatement(parent) && parent.expression === outer;
}
