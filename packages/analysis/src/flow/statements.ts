/** Executes statements: what they evaluate, and where they lead. */
import {
  isIfStatement,
  isModuleBlock,
  isModuleDeclaration,
  NodeFlags,
  SyntaxKind,
  type Block,
  type BreakOrContinueStatement,
  type EnumDeclaration,
  type ExportAssignment,
  type ExpressionStatement,
  type IfStatement,
  type ImportEqualsDeclaration,
  type LabeledStatement,
  type ModuleDeclaration,
  type Node,
  type ReturnStatement,
  type ThrowStatement,
  type TryStatement,
  type VariableStatement,
  type WithStatement,
} from "@review/program/syntax";
import { addStep, continueIn, newBlock, type Builder } from "./builder.ts";
import { createClass } from "./classes.ts";
import { branch } from "./conditions.ts";
import { jumpOut, jumpTo, jumpToHandler, takeLabels, withFinalizer, withTarget } from "./jumps.ts";
import { declareAll, executeAll } from "./lists.ts";
import { executeDo, executeFor, executeForEach, executeWhile } from "./loops.ts";
import { bindName } from "./patterns.ts";
import { executeSwitch } from "./switches.ts";

/** Builds a statement; types and whatever else leaves no trace at run time is passed over. */
export function execute(b: Builder, statement: Node): void {
  if (statement.flags & NodeFlags.Ambient) return;
  EXECUTE.get(statement.kind)?.(b, statement);
}

// A method's parameter may be narrower than declared, and each kind of node has one type.
type Execute = { build(b: Builder, statement: Node): void }["build"];

const EXECUTE: ReadonlyMap<SyntaxKind, Execute> = new Map<SyntaxKind, Execute>([
  [SyntaxKind.ExpressionStatement, (b, { expression }: ExpressionStatement) => b.evaluate(expression)],
  [SyntaxKind.VariableStatement, (b, { declarationList }: VariableStatement) => declareAll(b, declarationList)],
  [SyntaxKind.Block, (b, { statements }: Block) => executeAll(b, statements)],
  [SyntaxKind.IfStatement, executeIf],
  [SyntaxKind.WhileStatement, executeWhile],
  [SyntaxKind.DoStatement, executeDo],
  [SyntaxKind.ForStatement, executeFor],
  [SyntaxKind.ForInStatement, executeForEach],
  [SyntaxKind.ForOfStatement, executeForEach],
  [SyntaxKind.SwitchStatement, executeSwitch],
  [SyntaxKind.LabeledStatement, executeLabelled],
  [SyntaxKind.BreakStatement, (b, node: BreakOrContinueStatement) => jumpTo(b, "break", node.label?.text, node)],
  [SyntaxKind.ContinueStatement, (b, node: BreakOrContinueStatement) => jumpTo(b, "continue", node.label?.text, node)],
  [SyntaxKind.ReturnStatement, executeReturn],
  [SyntaxKind.ThrowStatement, executeThrow],
  [SyntaxKind.TryStatement, executeTry],
  [SyntaxKind.WithStatement, executeWith],
  [SyntaxKind.ClassDeclaration, createClass],
  [SyntaxKind.EnumDeclaration, executeEnum],
  [SyntaxKind.ModuleDeclaration, executeNamespace],
  [SyntaxKind.ImportEqualsDeclaration, executeImportEquals],
  [SyntaxKind.ExportAssignment, (b, { expression }: ExportAssignment) => b.evaluate(expression)],
]);

/** A row of `else if` is as deep as it is long: it is built in a loop. */
function executeIf(b: Builder, node: IfStatement): void {
  const after = newBlock(b);
  for (let at: Node | undefined = node; at;) {
    if (!isIfStatement(at)) {
      b.execute(at);
      break;
    }
    const whenTrue = newBlock(b);
    const whenFalse = newBlock(b);
    branch(b, at.expression, whenTrue, whenFalse);
    b.current = whenTrue;
    b.execute(at.thenStatement);
    continueIn(b, after);
    b.current = whenFalse;
    at = at.elseStatement;
  }
  continueIn(b, after);
}

function executeLabelled(b: Builder, node: LabeledStatement): void {
  b.labels = [...b.labels, node.label.text];
  if (TAKES_LABELS.has(node.statement.kind)) {
    b.execute(node.statement);
    return;
  }
  const breakTo = newBlock(b);
  withTarget(b, { labels: takeLabels(b), breakTo, isUnlabelled: false }, () => b.execute(node.statement));
  continueIn(b, breakTo);
}

const TAKES_LABELS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.LabeledStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.SwitchStatement,
]);

function executeReturn(b: Builder, node: ReturnStatement): void {
  if (node.expression) b.evaluate(node.expression);
  addStep(b, "return", node);
  jumpOut(b, "return", node);
}

function executeThrow(b: Builder, node: ThrowStatement): void {
  b.evaluate(node.expression);
  jumpToHandler(b, node);
}

function executeTry(b: Builder, node: TryStatement): void {
  const { finallyBlock } = node;
  if (!finallyBlock) {
    executeCaught(b, node);
    return;
  }
  const build = (): void => {
    addStep(b, "finally", finallyBlock);
    b.execute(finallyBlock);
  };
  withFinalizer(b, { node, build, isCheap: false }, () => executeCaught(b, node));
}

function executeCaught(b: Builder, { tryBlock, catchClause }: TryStatement): void {
  if (!catchClause) {
    b.execute(tryBlock);
    return;
  }
  const { handler } = b;
  const caught = newBlock(b);
  const after = newBlock(b);
  b.handler = caught;
  continueIn(b, newBlock(b));
  b.execute(tryBlock);
  b.handler = handler;
  continueIn(b, after);
  b.current = caught;
  addStep(b, "catch", catchClause);
  if (catchClause.variableDeclaration) bindName(b, catchClause.variableDeclaration.name);
  b.execute(catchClause.block);
  continueIn(b, after);
}

function executeWith(b: Builder, node: WithStatement): void {
  b.evaluate(node.expression);
  b.execute(node.statement);
}

function executeEnum(b: Builder, node: EnumDeclaration): void {
  for (const member of node.members) if (member.initializer) b.evaluate(member.initializer);
  bindName(b, node.name);
}

function executeNamespace(b: Builder, node: ModuleDeclaration): void {
  const { body, name } = node;
  if (name.kind === SyntaxKind.Identifier) bindName(b, name);
  if (body && isModuleBlock(body)) executeAll(b, body.statements);
  else if (body && isModuleDeclaration(body)) b.execute(body);
}

function executeImportEquals(b: Builder, node: ImportEqualsDeclaration): void {
  if (node.isTypeOnly) return;
  if (node.moduleReference.kind === SyntaxKind.ExternalModuleReference) {
    addStep(b, "call", node.moduleReference, { throws: true });
  }
  bindName(b, node.name);
}
