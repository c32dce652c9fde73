/** What the code around a number says of 0: that it is sent as it is, or falls back to the value from before. */
import { isSameReference, literalValue, nodesOf, unwrapped, wordsOf, wrapped } from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIfStatement,
  isPropertyAccessExpression,
  type Node,
} from "@review/program/syntax";
import type { Evidence } from "./evidence.ts";
import type { Site } from "./sites.ts";

/** Names of numbers that start at 1, or of which 0 says nothing. */
export const FROM_ONE: ReadonlySet<string> = new Set(
  "id redirect port page year month day age duration limit width height time timestamp update at date seconds".split(
    " ",
  ),
);

/** Where the branch that a number opens makes a text of it; undefined where it does not. In a template it may be for the eye. */
export function sentIn({ subject, isNegated, fallback }: Site, name: string): Node | undefined {
  const { parent } = wrapped(subject);
  if (isNegated || fallback || FROM_ONE.has(wordsOf(name).at(-1) ?? "")) return undefined;
  // With an `else`, nothing is left out: a default takes its place, which 0 may well ask for.
  if (!isIfStatement(parent) || parent.expression !== wrapped(subject) || parent.elseStatement) return undefined;
  return [...nodesOf(parent.thenStatement)].find(
    node => node.kind === subject.kind && isSameReference(node, subject) && isWrittenOut(node),
  );
}

/** `if (offset) query.append("offset", offset)`: whoever gets none begins at 0. */
export function isSentByName({ subject, isNegated }: Site, name: string): boolean {
  const { parent } = wrapped(subject);
  if (isNegated || !isIfStatement(parent) || parent.elseStatement) return false;
  const [only, ...more] = isBlock(parent.thenStatement) ? parent.thenStatement.statements : [parent.thenStatement];
  if (!only || more.length > 0 || !isExpressionStatement(only)) return false;
  const call = unwrapped(only.expression);
  return (
    isCallExpression(call) && call.arguments[0] !== undefined && literalValue(unwrapped(call.arguments[0])) === name
  );
}

function isWrittenOut(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent)) return parent.name.text === "toString" && isCallExpression(parent.parent);
  return isCallExpression(parent) && parent.arguments[0] === outer && parent.expression.getText() === "String";
}

const MEASURES: ReadonlySet<string> = new Set(
  "threshold thresholds opacity priority precision decimals digits rotation angle percent percentage ratio score temperature delay margin padding gap spacing min minimum level indent".split(
    " ",
  ),
);

/** Whether a default that is no 0 takes the place of a measure that may well be 0. */
export function isMeasure({ fallback }: Site, name: string): boolean {
  const value = fallback && literalValue(unwrapped(fallback));
  return typeof value === "number" && value !== 0 && MEASURES.has(wordsOf(name).at(-1) ?? "");
}

const SETTINGS: ReadonlySet<string> = new Set("position limit index offset priority rank".split(" "));

/** `data.position || channel.position`: a change to 0 is no change. */
export function olderValue({ subject, fallback }: Site, name: string): Evidence | undefined {
  const other = fallback && unwrapped(fallback);
  if (!other || !isPropertyAccessExpression(subject) || !isPropertyAccessExpression(other)) return undefined;
  if (other.name.text !== name || isSameReference(subject.expression, other.expression)) return undefined;
  if (!SETTINGS.has(wordsOf(name).at(-1) ?? "")) return undefined;
  const step = { at: other, message: "The same member of another object is what stays." };
  return { why: "which changes it like any other number", steps: [step], mayBeNull: true };
}
