/** Reports results of `sort` and `reverse` that look like copies, while the array itself is used afterwards. */
import {
  asMethodCall,
  builtinOf,
  canReach,
  defineRule,
  flowRootOf,
  isTarget,
  isSameReference,
  mayBeFresh,
  nodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Identifier,
  type Node,
  type Statement,
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
      const target = targetOf(call);
      if (!target || isSameReference(target, array)) return;
      const later = isIdentifier(array) ? yield* readLater(pass, array, call) : memberReadLater(array, call);
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
  const { parent } = outer;
  if (isVariableDeclaration(parent)) return parent.initializer === outer ? parent.name : undefined;
  const isAssigned = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  return isAssigned && parent.right === outer && isIdentifier(parent.left) ? parent.left : undefined;
}

/** A read of `this.list` in one of the next statements of the block, where nothing has set it in between. */
function memberReadLater(array: Node, call: CallExpression): Node | undefined {
  if (!isPropertyAccessExpression(array) || array.expression.kind !== SyntaxKind.ThisKeyword) return undefined;
  let statement: Node = call;
  while (statement.parent && !isBlock(statement.parent)) statement = statement.parent;
  if (!statement.parent || !isBlock(statement.parent)) return undefined;
  for (const next of statement.parent.statements.slice(
    statement.parent.statements.indexOf(statement as Statement) + 1,
  )) {
    const uses = [...nodesOf(next)].filter(node => isSameReference(node, array));
    const [first] = uses;
    if (first) return uses.some(isTarget) ? undefined : first;
  }
  return undefined;
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

function report(pass: Pass, call: CallExpression, array: Node, method: string, target: Node, later: Node): void {
  const { sourceFile } = pass.file;
  const name = array.getText(sourceFile);
  pass.report(call, {
    message: `${quoted(target, sourceFile)} is no copy: \`${method}\` changes \`${name}\` itself, which is used again below.`,
    evidence: [
      { at: call, message: `Here \`${name}\` is ${METHODS.get(method) ?? "changed"} in place.` },
      { at: later, message: "Here it is used under its own name, changed." },
    ],
    fixes: [{ title: "Copy the array first", safety: "suggested", edits: [{ at: array, text: `[...${name}]` }] }],
  });
}
