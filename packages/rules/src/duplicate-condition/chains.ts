/** Chains of `else if` and of `a ? b : c ? d : e`, and the conditions in them that never get their turn. */
import {
  isInside,
  isRepeatable,
  leavesFunction,
  operandsOf,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isBlock,
  isConditionalExpression,
  isIfStatement,
  SyntaxKind,
  type ConditionalExpression,
  type Expression,
  type IfStatement,
  type Node,
} from "@review/program/syntax";
import { isSameTest } from "./tests.ts";

/** Reports the dead conditions of the chain that starts with a branch; nothing for one inside a chain. */
export function checkBranches(pass: Pass, node: Branch): void {
  if (!branchBefore(node)) checkChain(pass, chainOf(node), guardsBefore(node));
}

/** The conditions right before a branch that leave where they hold: what they have let through has them all false. */
function guardsBefore(node: Branch): readonly Expression[] {
  const { statements = [] } = node.parent as Node & { statements?: readonly Node[] };
  const guards: Expression[] = [];
  for (let index = statements.indexOf(node) - 1; index >= 0; index--) {
    const guard = statements[index];
    if (!guard || !isIfStatement(guard) || guard.elseStatement || !leaves(guard.thenStatement)) break;
    guards.unshift(guard.expression);
  }
  return guards;
}

/** Whether a branch leaves the function, or the round of a loop. */
function leaves(branch: Node): boolean {
  const last = isBlock(branch) ? branch.statements.at(-1) : branch;
  return leavesFunction(branch) || (last !== undefined && JUMPS.has(last.kind));
}

const JUMPS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ContinueStatement, SyntaxKind.BreakStatement]);

/** `if` and `a ? b : c`, whose last part may be another of the kind. */
type Branch = IfStatement | ConditionalExpression;

/** The branch in whose `else` a branch stands, with nothing else there. */
function branchBefore(node: Branch): Branch | undefined {
  if (isConditionalExpression(node)) {
    const outer = wrapped(node);
    return isConditionalExpression(outer.parent) && outer.parent.whenFalse === outer ? outer.parent : undefined;
  }
  const holder = isBlock(node.parent) && node.parent.statements.length === 1 ? node.parent : node;
  const { parent } = holder;
  return isIfStatement(parent) && parent.elseStatement === holder ? parent : undefined;
}

function branchAfter(node: Branch): Branch | undefined {
  const last = isConditionalExpression(node) ? unwrapped(node.whenFalse) : node.elseStatement;
  if (!last) return undefined;
  const only = isBlock(last) && last.statements.length === 1 ? last.statements[0] : last;
  return only && (isIfStatement(only) || isConditionalExpression(only)) ? only : undefined;
}

function chainOf(first: Branch): readonly Expression[] {
  const conditions: Expression[] = [];
  for (let at: Branch | undefined = first; at; at = branchAfter(at)) {
    conditions.push(isConditionalExpression(at) ? at.condition : at.expression);
  }
  return conditions;
}

/** A way for a condition to hold: the operands of an `&&` chain, all of them. */
interface Way {
  readonly whole: Expression;
  readonly parts: readonly Expression[];
}

/**
 * A condition is dead where each way in which it can hold has all parts of a way of an earlier condition: after
 * `if (a || b)`, neither `a` nor `a && c` holds. A condition that may change something frees everything before it.
 */
function checkChain(pass: Pass, conditions: readonly Expression[], guards: readonly Expression[]): void {
  const earlier: Way[] = [];
  for (const condition of [...guards, ...conditions]) {
    if (!isRepeatable(condition)) {
      earlier.length = 0;
      continue;
    }
    const ways = operandsOf(condition, SyntaxKind.BarBarToken).map(wayOf);
    const covers = ways.map(way => earlier.find(before => isCovered(pass, way, before)));
    const [first] = covers;
    if (first && !guards.includes(condition) && covers.every(cover => cover !== undefined)) {
      const isLeft = guards.some(guard => isInside(first.whole, guard));
      const where = isLeft ? "and left from there" : "in this chain";
      pass.report(condition, {
        message: `${quoted(condition, pass.file.sourceFile)} is tested before ${where}, so its branch never runs.`,
        evidence: [{ at: first.whole, message: "Whenever the later condition holds, this one holds first." }],
      });
    }
    earlier.push(...ways);
  }
}

function wayOf(whole: Expression): Way {
  return { whole, parts: operandsOf(whole, SyntaxKind.AmpersandAmpersandToken) };
}

function isCovered({ file }: Pass, way: Way, by: Way): boolean {
  return by.parts.every(part => way.parts.some(own => isSameTest(own, part, file.sourceFile)));
}
