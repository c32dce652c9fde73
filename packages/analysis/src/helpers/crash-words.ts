/** How rules tell of a certain crash: what made the value absent, on which branch, and what is done with it. */
import { isCallExpression, type Expression, type Node, type SourceFile } from "@review/program/syntax";
import type { Crash } from "../flow/crashes.ts";
import { evidenceOf, type PathStep } from "../flow/evidence.ts";
import type { Edge, Step } from "../flow/graph.ts";
import type { NullOrigin } from "../flow/nullness.ts";
import { quoted } from "./nodes.ts";

/** A crash as a report's evidence: its cause, the way to it, and what throws. */
export function crashEvidence({ step, node, origin, path }: Crash, sourceFile: SourceFile): readonly PathStep[] {
  const cause = originMessage(origin, sourceFile);
  const use = `${quoted(node, sourceFile)} is ${useOf(step, node, sourceFile)} here.`;
  const steps = evidenceOf(path, sourceFile, each => (each === step ? use : undefined));
  const told = steps.some(({ at }) => at === step.node) ? steps : [...steps, { at: step.node, message: use }];
  return cause === undefined ? told : [{ at: origin.at, message: cause }, ...told];
}

/** Why a value may be null or undefined; undefined for a test, where the branch is a step of the path. */
export function originMessage({ at, kind }: NullOrigin, sourceFile: SourceFile): string | undefined {
  const code = quoted(at, sourceFile);
  switch (kind) {
    case "unassigned":
      return `${code} is undefined until something is assigned to it.`;
    case "assigned":
      return `The value may be ${code}.`;
    case "chain":
      return `${code} is undefined where the chain ends early.`;
    case "operand":
      return `${code} is the value where it is not truthy.`;
    case "tested":
      return undefined;
  }
}

function useOf({ kind, node }: Step, used: Node, sourceFile: SourceFile): string {
  switch (kind) {
    case "call":
      return isCallExpression(node) && node.arguments.includes(used as Expression)
        ? `given to ${quoted(node.expression, sourceFile)}, which refuses it,`
        : "called";
    case "iterate":
      return "iterated over";
    case "set":
      return "given a member";
    default:
      return "read from";
  }
}

/** The branch that leads to a crash, for a message. */
export function conditionOf(edge: Edge | undefined, sourceFile: SourceFile): string {
  if (!edge) return "";
  const outcome = OUTCOMES[edge.kind];
  if (edge.kind === "throw" || edge === edge.from.failure) return " after an exception was caught";
  return edge.node && outcome !== undefined ? ` when ${quoted(edge.node, sourceFile)} ${outcome}` : " on one path";
}

const OUTCOMES: { readonly [Kind in Edge["kind"]]?: string } = {
  true: "is true",
  false: "is false",
  nullish: "is null or undefined",
  present: "is there",
  case: "is the case",
};
