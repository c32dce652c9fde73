/**
 * What becomes of a function value that a name holds (the `resolve` of an executor, a callback): where it is called,
 * where it is handed on, also by way of other names and of functions inside that use it.
 */
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionLikeDeclaration,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { isCondition, wrapped } from "../helpers/nodes.ts";
import type { ArgumentUse } from "../models/facts.ts";
import { usesAt, type Use } from "../summaries/uses.ts";
import type { FlowRoot } from "./graph.ts";
import { flowRootOf } from "./roots.ts";
import type { Reference, Scopes, Variable } from "./scope.ts";

/**
 * - `called`: the value is called, at the call.
 * - `invoked`: a function of the code around is called by its name that uses the value in turn, at the call.
 * - `passed`: it, or such a function, is an argument, at the call.
 * - `captured`: a function without a name comes into being that uses it, at the function.
 * - `kept`: it is stored, returned, or used in any other way, at the name.
 */
export type ValueEvent = {
  /** The node whose steps are the event, in the graph of `root`. */
  readonly node: Node;
  readonly root: FlowRoot;
} & (
  | { readonly kind: "called"; readonly node: CallExpression; readonly variable: Variable }
  | { readonly kind: "invoked"; readonly node: CallExpression; readonly fn: FunctionLikeDeclaration }
  | {
      readonly kind: "passed";
      readonly node: CallExpression | NewExpression;
      readonly argument: Node;
      /** The function that is passed, if it is not the value itself. */
      readonly fn: FunctionLikeDeclaration | undefined;
    }
  | { readonly kind: "captured"; readonly fn: FunctionLikeDeclaration }
  | { readonly kind: "kept" }
);

export interface ValueTrace {
  /** The names that hold the value. */
  readonly variables: readonly Variable[];
  readonly events: readonly ValueEvent[];
  /** The functions that have an event of their own. */
  readonly roots: readonly FlowRoot[];
  in(root: FlowRoot): readonly ValueEvent[];
}

/** Names and functions that one trace follows. */
const MOST_NAMES = 40;

/**
 * Everything that happens to the values of some variables. Undefined where one of them may be written unseen, or where
 * there is too much to follow.
 */
export function traceValues(scopes: Scopes, variables: readonly Variable[]): ValueTrace | undefined {
  const draft: Draft = { scopes, names: new Map(), events: [] };
  for (const variable of variables) addName(draft, variable, undefined);
  // The map grows while it is walked.
  for (const [variable, fn] of draft.names) {
    if (variable.isExposed || variable.isExported || draft.names.size > MOST_NAMES) return undefined;
    for (const reference of variable.references) addReference(draft, variable, fn, reference);
  }
  const { events, names } = draft;
  const roots = [...new Set(events.map(({ root }) => root))];
  const held = [...names].flatMap(([variable, fn]) => (fn ? [] : [variable]));
  return { variables: held, events, roots, in: root => events.filter(event => event.root === root) };
}

interface Draft {
  readonly scopes: Scopes;
  /** With the function that it names, where it is no name of the value itself. */
  readonly names: Map<Variable, FunctionLikeDeclaration | undefined>;
  readonly events: ValueEvent[];
}

function addName(draft: Draft, variable: Variable, fn: FunctionLikeDeclaration | undefined): void {
  if (!draft.names.has(variable)) draft.names.set(variable, fn);
}

function addReference(
  draft: Draft,
  variable: Variable,
  fn: FunctionLikeDeclaration | undefined,
  { node, root, isRead }: Reference,
): void {
  if (!isRead) return;
  const before = draft.events.length;
  for (const event of eventsAt({ draft, variable, fn, node, root })) {
    if (!draft.events.some(known => known.node === event.node && known.kind === event.kind)) draft.events.push(event);
  }
  // What only reads it makes its function no user of it.
  if (draft.events.length > before) addOwners(draft, variable, root);
}

/** A use of a name: of the value itself, or of a function that uses it. */
interface Held {
  readonly draft: Draft;
  readonly variable: Variable;
  readonly fn: FunctionLikeDeclaration | undefined;
  readonly node: Identifier;
  readonly root: FlowRoot;
}

function eventsAt(held: Held): readonly ValueEvent[] {
  const { draft, node, root } = held;
  const kept = { kind: "kept", node, root } as const;
  const outer = wrapped(node);
  const member = outer.parent;
  if (isPropertyAccessExpression(member) && member.expression === outer) {
    const call = wrapped(member).parent;
    if (!isCallExpression(call) || call.expression !== wrapped(member)) return [];
    return CALLING.has(member.name.text) ? [callEvent(held, call)] : [kept];
  }
  const uses = usesAt({ scopes: draft.scopes, fn: root }, node);
  if (uses.length === 0) return isOnlyRead(outer) ? [] : [kept];
  return uses.flatMap(use => eventOf(held, use) ?? []);
}

/** What calls a function by its method; `bind` calls nothing yet. */
const CALLING: ReadonlySet<string> = new Set(["call", "apply"]);

function eventOf(held: Held, use: Use): ValueEvent | undefined {
  const { draft, fn, node, root } = held;
  const kept = { kind: "kept", node, root } as const;
  if (use.kind === "argument") {
    const { call, argument } = use;
    return isTaggedTemplateExpression(call) ? kept : { kind: "passed", node: call, argument, fn, root };
  }
  if (use.kind === "alias") {
    const alias = draft.scopes.variableOf(use.name);
    if (!alias || !isFixed(alias)) return kept;
    addName(draft, alias, fn);
    return undefined;
  }
  if (use.kind === "receiver") return kept;
  if (use.uses.every(each => ONLY_READ.has(each))) return undefined;
  return use.uses.includes("called") && isCallExpression(use.node) ? callEvent(held, use.node) : kept;
}

const ONLY_READ: ReadonlySet<ArgumentUse> = new Set(["tested", "compared", "stringified"]);

function callEvent({ fn, variable, root }: Held, node: CallExpression): ValueEvent {
  return fn ? { kind: "invoked", node, fn, root } : { kind: "called", node, variable, root };
}

/** A name that is given one value, with its declaration. */
function isFixed({ declarations, references }: Variable): boolean {
  const [declared, ...others] = declarations;
  const isDeclaredSo = declared && isVariableDeclaration(declared.parent) && declared.parent.initializer !== undefined;
  return isDeclaredSo === true && others.length === 0 && !references.some(({ isWritten }) => isWritten);
}

function isOnlyRead(outer: Node): boolean {
  const { parent } = outer;
  if (isCondition(outer)) return true;
  if (isBinaryExpression(parent)) return parent.left === outer || COMPARING.has(parent.operatorToken.kind);
  return parent.kind === SyntaxKind.TypeOfExpression || parent.kind === SyntaxKind.ExpressionStatement;
}

const COMPARING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.InstanceOfKeyword],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
]);

/** The functions between the variable's own and the one that uses it: by their names, or where they come into being. */
function addOwners(draft: Draft, variable: Variable, from: FlowRoot): void {
  for (let root = from; root !== variable.root;) {
    const outer = root.parent && flowRootOf(root);
    if (!outer || !isFunctionLikeDeclaration(root)) {
      if (outer) draft.events.push({ kind: "kept", node: root, root: outer });
      return;
    }
    const named = nameOf(draft.scopes, root);
    if (named) addName(draft, named, root);
    else addCaptured(draft, root, outer);
    // A name that is used outside of what declares it has its own owners.
    root = outer;
  }
}

/** `setTimeout(function again() { setTimeout(again) })`: inside, it goes by its own name. */
function addCaptured(draft: Draft, fn: FunctionLikeDeclaration, root: FlowRoot): void {
  if (draft.events.some(({ node }) => node === fn)) return;
  draft.events.push({ kind: "captured", node: fn, fn, root });
  const own = fn.kind === SyntaxKind.FunctionExpression && fn.name ? draft.scopes.variableOf(fn.name) : undefined;
  if (own) addName(draft, own, fn);
}

/** The variable that names a function and nothing else. */
function nameOf(scopes: Scopes, fn: FunctionLikeDeclaration): Variable | undefined {
  if (isFunctionDeclaration(fn)) {
    const variable = fn.name && scopes.variableOf(fn.name);
    return variable?.references.some(({ isWritten }) => isWritten) ? undefined : variable;
  }
  if (!isArrowFunction(fn) && fn.kind !== SyntaxKind.FunctionExpression) return undefined;
  const outer = wrapped(fn);
  const { parent } = outer;
  if (!isVariableDeclaration(parent) || parent.initializer !== outer) return undefined;
  const variable = scopes.variableOf(parent.name);
  return variable && isFixed(variable) ? variable : undefined;
}
