/** Member accesses, calls, and the optional chains made of them. */
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isNonNullExpression,
  isPropertyAccessExpression,
  isTaggedTemplateExpression,
  isTemplateExpression,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type DeleteExpression,
  type ElementAccessExpression,
  type NewExpression,
  type Node,
  type NonNullExpression,
  type PropertyAccessExpression,
  type TaggedTemplateExpression,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { assume } from "./assume.ts";
import { addStep, addWait, continueIn, fork, newBlock, type Builder, type DraftBlock } from "./builder.ts";
import { constructFields } from "./classes.ts";
import { scopesOf } from "./scope.ts";

/** Whether an expression holds a `?.` that may end it early. */
export function isChain(node: Node): boolean {
  return (node.flags & NodeFlags.OptionalChain) !== 0;
}

/** Builds a chain; where a `?.` ends it early, its value is undefined and evaluation goes on behind it. */
export function evaluateChain(b: Builder, node: Node): void {
  if (!isChain(node)) {
    withChainEnd(b, undefined, () => evaluateLinks(b, node));
    return;
  }
  const after = newBlock(b);
  evaluateChainTo(b, node, after);
  continueIn(b, after);
}

/** Builds a chain; where a `?.` ends it early, evaluation goes to `end`. */
export function evaluateChainTo(b: Builder, node: Node, end: DraftBlock): void {
  withChainEnd(b, end, () => evaluateLinks(b, node));
}

/** Builds what a `delete` does; where a `?.` ends its chain early, nothing is deleted. */
export function evaluateDelete(b: Builder, node: DeleteExpression): void {
  const operand = unwrapped(node.expression);
  const after = newBlock(b);
  withChainEnd(b, after, () => {
    if (isPropertyAccessExpression(operand) || isElementAccessExpression(operand)) {
      evaluateLinks(b, operand.expression);
      if (operand.questionDotToken) present(b, operand.expression);
      if (isElementAccessExpression(operand)) {
        withChainEnd(b, undefined, () => b.evaluate(operand.argumentExpression));
      }
    } else if (!isIdentifier(operand)) b.evaluate(operand);
    addStep(b, "delete", node, { throws: !isIdentifier(operand) });
  });
  continueIn(b, after);
}

type Link =
  | PropertyAccessExpression
  | ElementAccessExpression
  | CallExpression
  | NewExpression
  | TaggedTemplateExpression
  | NonNullExpression;

/** Calls of calls of members lean to the left, as long as the text: they are taken apart in a loop. */
function evaluateLinks(b: Builder, node: Node): void {
  const links: Link[] = [];
  let at: Node = node;
  while (isLink(at) && (links.length === 0 || belongs(b, at))) {
    links.push(at);
    at = isTaggedTemplateExpression(at) ? at.tag : at.expression;
  }
  const { chainEnd } = b;
  if (at.kind !== SyntaxKind.SuperKeyword && at.kind !== SyntaxKind.ImportKeyword) {
    b.chainEnd = undefined;
    b.evaluate(at);
    b.chainEnd = chainEnd;
  }
  for (let link = links.pop(); link; link = links.pop()) evaluateLink(b, link);
}

function isLink(node: Node): node is Link {
  return LINKS.has(node.kind);
}

const LINKS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.NonNullExpression,
]);

/** `(a?.b).c` is no chain on the outside: its inside ends at the brackets, which are no link. */
function belongs(b: Builder, node: Node): boolean {
  return isChain(node) ? b.chainEnd !== undefined : true;
}

function evaluateLink(b: Builder, link: Link): void {
  if (isNonNullExpression(link)) return;
  if (!isTaggedTemplateExpression(link) && !isNewExpression(link) && link.questionDotToken) present(b, link.expression);
  withChainEnd(b, undefined, () => {
    if (isPropertyAccessExpression(link)) addStep(b, "access", link, { throws: !isPartOfLanguage(link.expression) });
    else if (isElementAccessExpression(link)) {
      b.evaluate(link.argumentExpression);
      addStep(b, "access", link, { throws: true });
    } else evaluateCall(b, link);
  });
}

/** What the language and every server have, cannot be missing; its members have no getters that throw. */
function isPartOfLanguage(node: Node): boolean {
  if (node.kind === SyntaxKind.MetaProperty || node.kind === SyntaxKind.SuperKeyword) return true;
  return isIdentifier(node) && LANGUAGE.has(node.text) && !scopesOf(node.getSourceFile()).variableOf(node);
}

const LANGUAGE: ReadonlySet<string> = new Set(
  "Array Atomics BigInt Date Error Intl JSON Math Number Object Promise Reflect String Symbol console process".split(
    " ",
  ),
);

function evaluateCall(b: Builder, node: CallExpression | NewExpression | TaggedTemplateExpression): void {
  for (const argument of argumentsOf(node)) b.evaluate(argument);
  addWait(b, "call", node);
  const asserted = b.options.assertedBy?.(node);
  if (asserted) assume(b, asserted, true);
  if (b.fields && isCallExpression(node) && node.expression.kind === SyntaxKind.SuperKeyword) {
    constructFields(b, b.fields);
  }
}

function argumentsOf(node: CallExpression | NewExpression | TaggedTemplateExpression): readonly Node[] {
  if (!isTaggedTemplateExpression(node)) return node.arguments ?? [];
  return isTemplateExpression(node.template) ? node.template.templateSpans.map(span => span.expression) : [];
}

/** Goes on only where the value before a `?.` is there. */
function present(b: Builder, base: Node): void {
  const whenPresent = newBlock(b);
  fork(b, unwrapped(base), ["nullish", b.chainEnd ?? whenPresent], ["present", whenPresent]);
  b.current = whenPresent;
}

function withChainEnd(b: Builder, end: DraftBlock | undefined, build: () => void): void {
  const { chainEnd } = b;
  b.chainEnd = end;
  build();
  b.chainEnd = chainEnd;
}
