/** Reports results of `sort` and `reverse` that look like copies, while the array itself is used afterwards. */
import {
  asMethodCall,
  builtinOf,
  canReach,
  defineRule,
  flowRootOf,
  isSameReference,
  mayBeFresh,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isIdentifier,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "misleading-in-place",
  summary:
    "The result of `sort`, `reverse` or `fill` gets a name of its own, though it is the same array, which is used later.",
  category: "collections",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Copy first (`[...list].sort()`, `list.toSorted()`), or go on with the one name.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      if (!method || !METHODS.has(method.name) || pass.file.isTest) return;
      const array = unwrapped(method.object);
      const target = isIdentifier(array) ? targetOf(call) : undefined;
      if (!target || !isIdentifier(array) || isSameReference(target, array)) return;
      const later = yield* readLater(pass, array, call);
      if (!later || (yield* builtinOf(pass.checker, array)) !== "Array") return;
      report(pass, call, array, method.name, target, later);
    },
  }),
});
export default rule;

const METHODS: ReadonlyMap<string, string> = new Map([
  ["sort", "sorted"],
  ["reverse", "reversed"],
  ["fill", "filled"],
]);

/** What the result is called: `const b = a.sort()`. */
function targetOf(call: CallExpression): Node | undefined {
  const outer = wrapped(call);
  return isVariableDeclaration(outer.parent) && outer.parent.initializer === outer ? outer.parent.name : undefined;
}

/** A read of the array behind the call. An array that was made here for the purpose may be used by either name. */
function* readLater(pass: Pass, array: Identifier, call: CallExpression): Ask<Node | undefined> {
  const variable = pass.scopes().variableOf(array);
  const root = flowRootOf(call);
  if (!variable || variable.isExposed || isMadeHere(variable.declarations[0])) return undefined;
  const later = variable.references.filter(({ node, isRead }) => isRead && node.pos > call.end);
  if (later.length === 0 || variable.references.some(({ isWritten }) => isWritten)) return undefined;
  const graph = yield* pass.flow(root);
  const step = graph?.stepsOf(call).find(({ kind }) => kind === "call");
  if (!graph || !step) return undefined;
  return later.find(({ node }) => graph.stepsOf(node).some(read => read.kind === "read" && canReach(graph, step, read)))
    ?.node;
}

function isMadeHere(name: Identifier | undefined): boolean {
  const declaration = name?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return (
    mayBeFresh(declaration.initializer) && unwrapped(declaration.initializer).kind !== SyntaxKind.ConditionalExpression
  );
}

function report(pass: Pass, call: CallExpression, array: Identifier, method: string, target: Node, later: Node): void {
  const { sourceFile } = pass.file;
  pass.report(call, {
    message: `${quoted(target, sourceFile)} is no copy: \`${method}\` changes \`${array.text}\` itself, which is used again below.`,
    evidence: [
      { at: call, message: `Here \`${array.text}\` is ${METHODS.get(method) ?? "changed"} in place.` },
      { at: later, message: "Here it is used under its own name, changed." },
    ],
    fixes: [{ title: "Copy the array first", safety: "suggested", edits: [{ at: array, text: `[...${array.text}]` }] }],
  });
}
