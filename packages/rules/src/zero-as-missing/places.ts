/** What a number comes from or goes to, where that shows that 0 is one of its values. */
import {
  asFixedLocal,
  asMethodCall,
  builtinOf,
  flowRootOf,
  isSameReference,
  literalValue,
  nodesOf,
  perFile,
  unwrapped,
  wordsOf,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  type CallExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { FROM_ONE } from "./numbers.ts";
import type { Site } from "./sites.ts";

/** `scores.set(player, 0)`, where the number is what `scores.get(player)` gives. */
export function zeroPutIn(pass: Pass, { subject }: Site): Node | undefined {
  const scopes = pass.scopes();
  const [name] = isIdentifier(subject) ? (scopes.variableOf(subject)?.declarations ?? []) : [];
  const local = name && asFixedLocal(name.parent);
  const value = local && unwrapped(local.value);
  const lookup = value && isCallExpression(value) ? asMethodCall(value) : undefined;
  if (lookup?.name !== "get") return undefined;
  const table = unwrapped(lookup.object);
  return zerosPut(pass.file.sourceFile).find(call => {
    const object = asMethodCall(call)?.object;
    if (!object) return false;
    const other = unwrapped(object);
    return isIdentifier(table)
      ? scopes.variableOf(table) !== undefined && scopes.variableOf(table) === scopes.variableOf(other)
      : isSameReference(table, other);
  });
}

/** The calls of `set` with 0. */
const zerosPut = perFile((file): readonly CallExpression[] =>
  [...nodesOf(file)].filter(isCallExpression).filter(call => {
    const value = call.arguments.length === 2 ? call.arguments[1] : undefined;
    return value !== undefined && literalValue(unwrapped(value)) === 0 && asMethodCall(call)?.name === "set";
  }),
);

/** `column ? row[column] : ""`: what the function reads of a list by the number, behind the test. */
export function* elementRead(pass: Pass, { subject, fallback }: Site): Ask<Node | undefined> {
  if (fallback || isLastWordOf(subject, FROM_ONE)) return undefined;
  for (const node of nodesOf(flowRootOf(subject))) {
    if (!isElementAccessExpression(node) || node.pos < subject.end) continue;
    if (!isSameReference(unwrapped(node.argumentExpression), subject)) continue;
    const list = yield* builtinOf(pass.checker, node.expression);
    if (list !== undefined && LISTS.has(list)) return node;
  }
  return undefined;
}

const LISTS: ReadonlySet<string> = new Set(["Array", "ReadonlyArray", "String"]);

function isLastWordOf(subject: Node, words: ReadonlySet<string>): boolean {
  const name = isIdentifier(subject) ? subject : (subject as Node & { readonly name?: Identifier }).name;
  return name !== undefined && words.has(wordsOf(name.text).at(-1) ?? "");
}
