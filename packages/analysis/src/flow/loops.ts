/** Loops: their heads, their bodies, and how they are left. */
import {
  isForOfStatement,
  isVariableDeclarationList,
  type DoStatement,
  type ForInOrOfStatement,
  type ForStatement,
  type WhileStatement,
} from "@review/program/syntax";
import { addStep, continueIn, linkTo, newBlock, type Builder, type DraftBlock } from "./builder.ts";
import { branch } from "./conditions.ts";
import { takeLabels, withFinalizer, withTarget, type Target } from "./jumps.ts";
import { declareAll, isUsing, withResource, withResources } from "./lists.ts";
import { assignTo, bindName, prepare } from "./patterns.ts";

export function executeWhile(b: Builder, node: WhileStatement): void {
  const target = loopTarget(b);
  const body = newBlock(b);
  continueIn(b, target.continueTo);
  branch(b, node.expression, body, target.breakTo);
  b.current = body;
  withTarget(b, target, () => b.execute(node.statement));
  linkTo(b, target.continueTo, "next", node);
  b.current = target.breakTo;
}

export function executeDo(b: Builder, node: DoStatement): void {
  const target = loopTarget(b);
  const body = newBlock(b);
  continueIn(b, body);
  withTarget(b, target, () => b.execute(node.statement));
  continueIn(b, target.continueTo);
  branch(b, node.expression, body, target.breakTo);
  b.current = target.breakTo;
}

export function executeFor(b: Builder, node: ForStatement): void {
  const { initializer } = node;
  if (!initializer || !isVariableDeclarationList(initializer)) {
    if (initializer) b.evaluate(initializer);
    executeForBody(b, node);
    return;
  }
  if (isUsing(initializer)) {
    withResources(b, initializer, () => executeForBody(b, node));
    return;
  }
  declareAll(b, initializer);
  executeForBody(b, node);
}

function executeForBody(b: Builder, node: ForStatement): void {
  const target = loopTarget(b);
  const head = newBlock(b);
  const body = newBlock(b);
  continueIn(b, head);
  if (node.condition) branch(b, node.condition, body, target.breakTo);
  else linkTo(b, body, "next", node);
  b.current = body;
  withTarget(b, target, () => b.execute(node.statement));
  continueIn(b, target.continueTo);
  if (node.incrementor) b.evaluate(node.incrementor);
  linkTo(b, head, "next", node);
  b.current = target.breakTo;
}

/** `for…of`, `for await` and `for…in`. Leaving the first two early closes the iterator. */
export function executeForEach(b: Builder, node: ForInOrOfStatement): void {
  const { breakTo, continueTo: head, labels } = loopTarget(b);
  const isIterated = isForOfStatement(node);
  const suspends = node.awaitModifier !== undefined;
  const body = newBlock(b);
  b.evaluate(node.expression);
  addStep(b, "iterate", node, { throws: isIterated });
  continueIn(b, head);
  addStep(b, "advance", node, { throws: isIterated, suspends });
  linkTo(b, body, "item", node);
  linkTo(b, breakTo, "done", node);
  b.current = body;
  const run = (): void => withTarget(b, { labels, continueTo: head, isUnlabelled: true }, () => bindItem(b, node));
  const build = (): void => addStep(b, "close", node, { throws: true, suspends });
  withTarget(b, { labels, breakTo, isUnlabelled: true }, () => {
    if (isIterated) withFinalizer(b, { node, build, isCheap: true, isSkippedAtEnd: true }, run);
    else run();
  });
  linkTo(b, head, "next", node);
  b.current = breakTo;
}

function bindItem(b: Builder, node: ForInOrOfStatement): void {
  const { initializer } = node;
  const body = (): void => b.execute(node.statement);
  if (!isVariableDeclarationList(initializer)) {
    prepare(b, initializer);
    assignTo(b, initializer);
    body();
    return;
  }
  const declaration = initializer.declarations[0];
  if (!declaration) {
    body();
    return;
  }
  bindName(b, declaration.name);
  if (isUsing(initializer)) withResource(b, declaration, body);
  else body();
}

interface LoopTarget extends Omit<Target, "outer"> {
  readonly breakTo: DraftBlock;
  readonly continueTo: DraftBlock;
}

function loopTarget(b: Builder): LoopTarget {
  return { labels: takeLabels(b), breakTo: newBlock(b), continueTo: newBlock(b), isUnlabelled: true };
}
