/** What the readers of a function's record share: the function, and where they put what they find. */
import {
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  SyntaxKind,
  type ClassLikeDeclaration,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import type { TypeChecker } from "../checker.ts";
import type { FlowRoot } from "../flow/graph.ts";
import { flowRootOf } from "../flow/roots.ts";
import { scopesOf, type Scopes } from "../flow/scope.ts";
import { returnedBy } from "../helpers/functions.ts";
import { isAsync } from "../helpers/nodes.ts";
import type { Models } from "../models/lookup.ts";
import type { AnyUse, Cause, Fact, FunctionKey, Lead } from "./record.ts";

/** A function with a body, or a class that stands for the constructor that it does not declare. */
export type Callable = FunctionLikeDeclaration | ClassLikeDeclaration;

/** What a question is asked with. */
export interface Knowledge {
  readonly checker: TypeChecker;
  readonly models: Models;
  /** The key of a function, which from then on leads back to it. */
  keyOf(fn: Node): FunctionKey;
}

export interface Gathering extends Knowledge {
  /** The function, or what an expression that is asked about stands in. */
  readonly fn: FlowRoot;
  /** What is asked about: the function itself, or an expression. */
  readonly subject: Node;
  readonly scopes: Scopes;
  /** Everything that runs as part of it, in the order of the text: no types, no inner functions. */
  readonly nodes: readonly Node[];
  /** The values that it gives. */
  readonly results: readonly Expression[];
  readonly isAsync: boolean;
  readonly causes: Map<Fact | AnyUse, Cause[]>;
}

export function gatherFunction(known: Knowledge, fn: Callable): Gathering {
  const isFunction = isFunctionLikeDeclaration(fn);
  return {
    ...{ ...known, fn, subject: fn, causes: new Map() },
    scopes: scopesOf(fn.getSourceFile()),
    nodes: [...runNodesOf(fn)],
    results: isFunction ? returnedBy(fn) : [],
    isAsync: isFunction && isAsync(fn),
  };
}

/** An expression is a function of its own, which is called where it stands. */
export function gatherExpression(known: Knowledge, subject: Expression): Gathering {
  return {
    ...{ ...known, fn: flowRootOf(subject), subject, causes: new Map() },
    scopes: scopesOf(subject.getSourceFile()),
    nodes: [...nodesRunBy(subject)],
    results: [subject],
    isAsync: false,
  };
}

/** Causes of one kind that a record holds: more of them say nothing new. */
const MOST_CAUSES = 60;

/** Notes a cause. One that proves the fact makes all others superfluous. */
export function note(g: Gathering, fact: Fact | AnyUse, node: Node, because: string, lead: Lead): void {
  const known = g.causes.get(fact);
  if (known?.[0]?.lead.kind === "yes") return;
  const cause: Cause = { pos: node.pos, end: node.end, because, lead };
  if (!known || lead.kind === "yes") g.causes.set(fact, [cause]);
  else if (known.length < MOST_CAUSES) known.push(cause);
  // What does not fit may hold the proof, so the answer is open.
  else known[0] = { ...cause, lead: { kind: "unknown" } };
}

export const YES: Lead = { kind: "yes" };
export const UNKNOWN: Lead = { kind: "unknown" };
export const UNSEEN: Lead = { kind: "unseen" };

/** Names a function for as long as its text does not change. */
export function keyFor(fn: Node): FunctionKey {
  return `${fn.getSourceFile().fileName}#${fn.pos}-${fn.end}`;
}

/** Whether a function's body can be looked into. */
export function isCallable(node: Node): node is Callable {
  return isClassLikeDeclaration(node) || (isFunctionLikeDeclaration(node) && node.body !== undefined);
}

/** The name that a function has where it is declared, or gets from what it is assigned to. */
export function nameOf(fn: Node): string {
  const owner = (fn.kind === SyntaxKind.Constructor ? fn.parent : fn) as Node & { name?: Node };
  const { name } = owner;
  const text = name && (name as Node & { text?: string }).text;
  if (text !== undefined) return `\`${text}\``;
  const { name: given } = fn.parent as Node & { name?: Node };
  return given && isIdentifier(given) ? `\`${given.text}\`` : "the function";
}

/** The parts of a function that run when it is called: defaults and body; of a class, the fields of its objects. */
function runsOf(fn: Callable): readonly Node[] {
  if (isClassLikeDeclaration(fn)) return fieldsOf(fn);
  const fields = fn.kind === SyntaxKind.Constructor ? fieldsOf(fn.parent as ClassLikeDeclaration) : [];
  return [...fields, ...fn.parameters, ...(fn.body ? [fn.body] : [])];
}

function fieldsOf(owner: ClassLikeDeclaration): readonly Node[] {
  return owner.members.flatMap(member => {
    const { initializer } = member as Node & { initializer?: Node };
    return member.kind === SyntaxKind.PropertyDeclaration && !isStaticMember(member) && initializer
      ? [initializer]
      : [];
  });
}

function isStaticMember(member: Node): boolean {
  const { modifiers } = member as Node & { modifiers?: readonly Node[] };
  return modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) ?? false;
}

function* runNodesOf(fn: Callable): Generator<Node> {
  for (const part of runsOf(fn)) yield* nodesRunBy(part);
}

/** A node and all below it that run with it, in the order of the text; inner functions and classes are closed. */
export function* nodesRunBy(root: Node): Generator<Node> {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    if (node !== root && isClosed(node)) continue;
    if (node === root && (isFunctionLikeDeclaration(node) || isClassLikeDeclaration(node))) continue;
    const children: Node[] = [];
    node.forEachChild(child => {
      if (!isOnlyType(child)) children.push(child);
    });
    stack.push(...children.reverse());
  }
}

function isClosed(node: Node): boolean {
  return isFunctionLikeDeclaration(node) || isClassLikeDeclaration(node);
}

export function isOnlyType({ kind }: Node): boolean {
  if (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode) {
    return kind !== SyntaxKind.ExpressionWithTypeArguments;
  }
  return kind === SyntaxKind.InterfaceDeclaration || kind === SyntaxKind.TypeAliasDeclaration;
}
