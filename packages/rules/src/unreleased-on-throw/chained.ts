/** Resources that are used where they are made and kept nowhere: `pool.getConnection().query(sql)`. */
import { asMethodCall, nodesOf, perFile, quoted, unwrapped, wrapped, type Pass } from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { ACQUIRES, calleeName, RELEASES } from "./acquired.ts";

/** Reports a call whose result nobody can give back, where the file does so with what it gets of the same function. */
export function checkChained(pass: Pass, call: CallExpression): void {
  const use = ACQUIRES.test(calleeName(call) ?? "") ? methodOf(call) : undefined;
  if (!use || RELEASES.has(use.name) || HANDLES.has(use.name)) return;
  const release = releasesIn(pass.file.sourceFile).get(call.expression.getText());
  if (!release) return;
  const name = quoted(call, pass.file.sourceFile);
  pass.report(call, {
    message: `${name} is used and kept nowhere, so nothing can give it back.`,
    evidence: [{ at: release, message: "Here what the same function gives is given back." }],
    repair: "Keep it in a variable, and give it back in a `finally`.",
  });
}

/** The method that is called on the result right away. */
function methodOf(call: CallExpression): { readonly name: string } | undefined {
  const outer = wrapped(call);
  const result = isAwaitExpression(outer.parent) ? wrapped(outer.parent) : outer;
  const { parent } = result;
  if (!isPropertyAccessExpression(parent) || parent.expression !== result) return undefined;
  const use = parent.parent;
  return isCallExpression(use) && use.expression === parent ? { name: parent.name.text } : undefined;
}

/** What gets the resource, or listens to it. */
const HANDLES: ReadonlySet<string> = new Set(["then", "catch", "finally", "on", "once", "pipe"]);

/** The release of a local, by the function that made it. */
const releasesIn = perFile((file): ReadonlyMap<string, Node> => {
  const made = new Map<string, string>();
  const releases = new Map<string, Node>();
  for (const node of nodesOf(file)) {
    if (isVariableDeclaration(node) && node.initializer && isIdentifier(node.name)) {
      const value = unwrapped(node.initializer);
      const call = isAwaitExpression(value) ? unwrapped(value.expression) : value;
      if (isCallExpression(call)) made.set(node.name.text, call.expression.getText());
      continue;
    }
    const method = isCallExpression(node) ? asMethodCall(node) : undefined;
    const maker = method && GIVES_BACK.has(method.name) ? made.get(method.object.getText()) : undefined;
    if (maker !== undefined) releases.set(maker, node);
  }
  return releases;
});

const GIVES_BACK: ReadonlySet<string> = new Set(["release", "close", "end", "destroy", "dispose", "disconnect"]);
