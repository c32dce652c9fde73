/**
 * Places that hold a value until something is known to write them: variables, `this`, and members of these. Two
 * expressions with the same key name the same place; whether it was written in between is for the caller to follow.
 */
import {
  isElementAccessExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import type { FlowRoot } from "./graph.ts";
import type { Scopes, Variable } from "./scope.ts";

export interface StablePath {
  /** The same text for the same place, within one run. */
  readonly key: string;
  /** The variables that it depends on: its root, and those that compute a member. */
  readonly variables: readonly Variable[];
  /** Names of the members on the way, outermost last; `COMPUTED` for `a[i]`. */
  readonly members: readonly string[];
}

/** Stands among the members of a path for one whose name a variable holds. */
export const COMPUTED = "[]";

/** The longest path that is followed. */
const MOST_MEMBERS = 5;

/** The place that an expression names, `?.` or not; undefined where it is no variable or member of one. */
export function stablePathOf(scopes: Scopes, node: Node): StablePath | undefined {
  const bare = unwrapped(node);
  if (isIdentifier(bare)) {
    const variable = scopes.variableOf(bare);
    return variable && { key: idOf(variable), variables: [variable], members: [] };
  }
  if (bare.kind === SyntaxKind.ThisKeyword) return { key: "this", variables: [], members: [] };
  if (isPropertyAccessExpression(bare)) return member(stablePathOf(scopes, bare.expression), bare.name.text);
  if (!isElementAccessExpression(bare)) return undefined;
  const index = unwrapped(bare.argumentExpression);
  if (isStringLiteralLikeNode(index) || isNumericLiteral(index)) {
    return member(stablePathOf(scopes, bare.expression), index.text);
  }
  const variable = isIdentifier(index) ? scopes.variableOf(index) : undefined;
  const base = variable && stablePathOf(scopes, bare.expression);
  if (!base || base.members.length === MOST_MEMBERS) return undefined;
  return {
    key: `${base.key}[${idOf(variable)}]`,
    variables: [...base.variables, variable],
    members: [...base.members, COMPUTED],
  };
}

function member(base: StablePath | undefined, name: string): StablePath | undefined {
  if (!base || base.members.length === MOST_MEMBERS) return undefined;
  return { key: `${base.key}.${name}`, variables: base.variables, members: [...base.members, name] };
}

const ids = new WeakMap<Variable, string>();
let lastId = 0;

function idOf(variable: Variable): string {
  let id = ids.get(variable);
  if (id === undefined) ids.set(variable, (id = `${variable.name}#${++lastId}`));
  return id;
}

/**
 * Whether code that runs while another function does may write the place: a member, or a variable that is written by
 * a function other than the one whose graph is followed.
 */
export function isVolatile({ variables, members }: StablePath, root: FlowRoot): boolean {
  return members.length > 0 || variables.some(variable => mayBeWrittenBeside(variable, root));
}

function mayBeWrittenBeside(variable: Variable, root: FlowRoot): boolean {
  if (variable.isExposed || variable.isWrittenByCapture) return true;
  return variable.root !== root && variable.references.some(({ isWritten }) => isWritten);
}
