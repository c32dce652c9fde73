/** Reports catch clauses that drop the error of work that had to be done. */
import {
  defineRule,
  enclosingFunction,
  isDiscarded,
  ownNodesOf,
  quoted,
  remarksIn,
  unwrapped,
  wordsOf,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isTryStatement,
  SyntaxKind,
  type CallExpression,
  type CatchClause,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "swallowed-error",
  summary: "A `catch` drops the error of work that has effects, without a word why.",
  category: "errors",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Handle the error, log it or throw it on; where it may be ignored, say why in a comment.",
  listen: pass => ({
    [SyntaxKind.CatchClause](clause: CatchClause) {
      check(pass, clause);
    },
  }),
});
export default rule;

function check(pass: Pass, clause: CatchClause): void {
  const { parent } = clause;
  if (!isTryStatement(parent) || pass.file.isTest || !isEmpty(clause) || isExplained(pass, parent)) return;
  if (isLastResort(clause)) return;
  const work = workIn(parent);
  if (!work) return;
  const { sourceFile } = pass.file;
  const start = clause.getStart(sourceFile);
  pass.report(
    { start, end: clause.block.getStart(sourceFile) + 1 },
    {
      message: `Whatever goes wrong with ${quoted(work.expression, sourceFile)} is lost here: nothing handles, logs or explains it.`,
      evidence: [{ at: work, message: "This may throw, and what follows goes on as if it had succeeded." }],
    },
  );
}

/** Logs, or cleans up: there is nobody left to tell, by the name of the function. */
function isLastResort(node: Node): boolean {
  const owner = enclosingFunction(node);
  const name =
    owner &&
    ((owner as Node & { readonly name?: Node }).name ?? (owner.parent as Node & { readonly name?: Node }).name);
  return name !== undefined && wordsOf(name.getText()).some(word => LAST_RESORTS.test(word));
}

const LAST_RESORTS =
  /^(?:log(?:s|ger|ging)?|warn(?:ing)?|debug|trace|report|telemetry|metrics?|analytics?|clean(?:up)?|close|stop|destroy|dispose|shut(?:down)?|kill|teardown|exit|try|attempt|maybe|safe(?:ly)?|quiet(?:ly)?|silent(?:ly)?|best|optional)$/;

/** Nothing in it, or a bare `return` that leaves out nothing. */
function isEmpty({ block, parent }: CatchClause): boolean {
  const [first, ...others] = block.statements.filter(({ kind }) => kind !== SyntaxKind.EmptyStatement);
  if (!first) return true;
  if (others.length > 0 || !isReturnStatement(first) || first.expression) return false;
  const around = parent.parent;
  return isBlock(around) && around.statements.at(-1) === parent && isFunctionLikeDeclaration(around.parent);
}

/** A comment in the clause, or one above the statement that speaks of failing; a name for the error that says so. */
function isExplained({ file }: Pass, statement: TryStatement): boolean {
  const clause = statement.catchClause as CatchClause;
  const name = clause.variableDeclaration?.name.getText() ?? "";
  if (/ignore|expected|unused|noop|^_+$/i.test(name)) return true;
  const { text } = file;
  const lineEnd = text.indexOf("\n", statement.end);
  const inside = text.slice(statement.tryBlock.end, lineEnd < 0 ? text.length : lineEnd);
  if (remarksIn(inside, rule.id).length > 0) return true;
  const above = text.slice(statement.pos, statement.tryBlock.statements[0]?.getStart() ?? statement.end);
  return remarksIn(above, rule.id).length > 0;
}

/** The first call whose only purpose is its effect, where nothing shows that failing is one of two good answers. */
function workIn({ tryBlock }: TryStatement): CallExpression | undefined {
  const nodes = [...ownNodesOf(tryBlock)];
  if (nodes.some(isAnswer)) return undefined;
  const works = nodes.filter(isCallExpression).filter(call => isStatement(call) && !isMinor(call));
  // `const user = await getUser(id); await greet(user)` is no question, even though it finds something out first.
  const isQuestion = nodes.some(node => isCallExpression(node) && isProbe(node));
  return works.find(call => !isQuestion || (isAwaitExpression(call.parent) && !isProbe(call)));
}

function isStatement(call: CallExpression): boolean {
  return isDiscarded(call) || (isAwaitExpression(call.parent) && isDiscarded(call.parent));
}

/** What is returned or assigned has its fallback outside: what is returned at the end, or what was there before. */
function isAnswer(node: Node): boolean {
  if (isReturnStatement(node)) return true;
  if (!isBinaryExpression(node)) return false;
  return node.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** Asks whether something is there, or can be read. */
function isProbe(call: CallExpression): boolean {
  const { expression } = call;
  return expression.kind === SyntaxKind.ImportKeyword || PROBES.test(nameOf(expression));
}

const PROBES =
  /^(?:require|resolve|parse|decodeURI(?:Component)?|atob|access|l?stat|exists|get|has|query|test|is|can|check|read|find|detect|supports|probe|ping|import|load|compile|eval|matches|validate|setItem|getItem|removeItem|log|debug|info|warn|error|trace|track|report|capture)(?:Sync|[A-Z]\w*)?$/;

/** Cleans up: that it is done already is as good. */
function isMinor(call: CallExpression): boolean {
  return MINOR.test(nameOf(call.expression));
}

const MINOR =
  /^_?(?:unlink|rm|rmdir|remove|delete|del|clear|clean|cleanup|close|kill|destroy|abort|cancel|end|stop|terminate|dispose|release|unref|disconnect|detach|unsubscribe|unregister|unobserve|revoke|rollback|reset|quit|exit|free|flush|mkdir|mkdirp|ensure|focus|blur|select|scroll|play|pause|vibrate|exec(?:Command)?|print|beep|postMessage|chmod|utimes|symlink|touch|setPointerCapture|releasePointerCapture|shutdown|drain|drop|forEach|purge|defineProperty|next|return|throw)(?:Sync|[A-Z]\w*)?$/;

function nameOf(callee: Node): string {
  const bare = unwrapped(callee);
  if (isPropertyAccessExpression(bare)) return bare.name.text;
  return isIdentifier(bare) ? bare.text : "";
}
