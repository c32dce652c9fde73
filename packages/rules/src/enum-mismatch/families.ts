/**
 * Constants of one family that are compared with what has another one: `getAlarmState()` with `ALARM_MODE_STAY`, where there is a
 * `getAlarmMode()`, too.
 */
import { asMethodCall, EQUALITIES, nodesOf, perFile, quoted, unwrapped, wrapped, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type BinaryExpression,
  type Node,
  type SourceFile,
  type VariableDeclaration,
} from "@review/program/syntax";

/** The first comparison of a local that is one value with a constant of another, where it is compared with its own as well. */
export function checkFamilies(pass: Pass, { initializer, name }: VariableDeclaration): void {
  const call = initializer && unwrapped(initializer);
  const own = call && isCallExpression(call) ? familyOf(asMethodCall(call)?.name) : undefined;
  if (!call || own === undefined) return;
  const compared = comparisonsOf(pass, name);
  if (compared.filter(({ constant }) => constant.startsWith(`${own}_`)).length < FEWEST_OWN) return;
  const others = [...familiesIn(pass.file.sourceFile)].filter(([family]) => family !== own);
  for (const { constant, comparison, at } of compared) {
    if (constant.startsWith(`${own}_`)) continue;
    const [, getter] = others.find(([family]) => constant.startsWith(`${family}_`)) ?? [];
    if (!getter) continue;
    report(pass, { call, comparison, at, getter });
    return;
  }
}

interface Mismatch {
  readonly call: Node;
  readonly comparison: Node;
  readonly at: Node;
  readonly getter: Node;
}

function report(pass: Pass, { call, comparison, at, getter }: Mismatch): void {
  const { sourceFile } = pass.file;
  pass.report(comparison, {
    message: `${quoted(at, sourceFile)} is none of what ${quoted(call, sourceFile)} gives: ${quoted(getter, sourceFile)} gives these.`,
    evidence: [
      { at: call, message: "This is what is compared." },
      { at: getter, message: "The constant is named after what this gives." },
    ],
    repair: "Compare what the constant is named after.",
  });
}

/** What a local that is written once is compared with. */
function comparisonsOf(pass: Pass, name: Node): readonly Compared[] {
  const references = pass.scopes().variableOf(name)?.references ?? [];
  return references.some(({ isWritten }) => isWritten)
    ? []
    : references.flatMap(({ node }) => comparedWith(node) ?? []);
}

const FEWEST_OWN = 2;

/** `ALARM_STATE` of `getAlarmState` */
function familyOf(name: string | undefined): string | undefined {
  const [, noun] = /^get((?:[A-Z][a-z]+){2,})$/.exec(name ?? "") ?? [];
  return noun?.replace(/(?!^)(?=[A-Z])/g, "_").toUpperCase();
}

/** What the calls of a file are named after. */
const familiesIn = perFile((file: SourceFile): ReadonlyMap<string, Node> => {
  const families = new Map<string, Node>();
  for (const node of nodesOf(file)) {
    const family = isCallExpression(node) ? familyOf(asMethodCall(node)?.name) : undefined;
    if (family !== undefined && !families.has(family)) families.set(family, node);
  }
  return families;
});

interface Compared {
  readonly constant: string;
  readonly comparison: BinaryExpression;
  readonly at: Node;
}

function comparedWith(name: Node): Compared | undefined {
  const outer = wrapped(name);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || !EQUALITIES.has(parent.operatorToken.kind)) return undefined;
  const at = unwrapped(parent.left === outer ? parent.right : parent.left);
  const constant = isPropertyAccessExpression(at) ? at.name : at;
  if (!isIdentifier(constant) || !/^[A-Z][A-Z0-9_]+$/.test(constant.text)) return undefined;
  return { constant: constant.text, comparison: parent, at };
}
