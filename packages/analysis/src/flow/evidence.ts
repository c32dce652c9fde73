/** Tells a path as a person would follow it: the branches taken, what throws, where it ends. */
import { SyntaxKind, type Node, type SourceFile } from "@review/program/syntax";
import { quoted } from "../helpers/nodes.ts";
import type { Edge, Step } from "./graph.ts";
import type { FlowPath, Stop } from "./paths.ts";

/** One entry of a report's evidence. */
export interface PathStep {
  readonly at: Node;
  readonly message: string;
}

/** What the rule calls the steps that it asked for: where the path starts, passes and ends. */
export type Tell = (step: Step) => string | undefined;

/** The path's steps in order; what decides nothing is left out. */
export function evidenceOf(path: FlowPath, sourceFile: SourceFile, tell: Tell): readonly PathStep[] {
  const evidence: PathStep[] = [];
  for (const stop of path.stops) {
    const message = messageOf(stop, sourceFile, tell);
    if (message) evidence.push(message);
  }
  return evidence;
}

function messageOf(stop: Stop, sourceFile: SourceFile, tell: Tell): PathStep | undefined {
  if (stop.kind === "edge") return edgeMessage(stop.edge, sourceFile);
  const { node } = stop.step;
  if (stop.kind === "throw") return { at: node, message: failureMessage(stop.step, sourceFile) };
  const message = tell(stop.step);
  return message === undefined ? undefined : { at: node, message };
}

function failureMessage({ kind, node }: Step, sourceFile: SourceFile): string {
  switch (kind) {
    case "await":
      return `${quoted(node, sourceFile)} may reject.`;
    case "yield":
      return "An exception may be thrown into the generator here.";
    case "iterate":
    case "advance":
    case "close":
      return "The iteration may throw.";
    case "dispose":
      return `Disposing of ${quoted(node, sourceFile)} may throw.`;
    default:
      return `${quoted(node, sourceFile)} may throw.`;
  }
}

function edgeMessage({ kind, node }: Edge, sourceFile: SourceFile): PathStep | undefined {
  if (kind === "throw" && node?.kind !== SyntaxKind.ThrowStatement) return undefined;
  const tells = node && EDGES[kind];
  return tells && { at: node, message: tells(quoted(node, sourceFile)) };
}

const EDGES: { readonly [Kind in Edge["kind"]]?: (code: string) => string } = {
  true: code => `${code} is true.`,
  false: code => `${code} is false.`,
  nullish: code => `${code} is null or undefined.`,
  present: code => `${code} is neither null nor undefined.`,
  undefined: code => `The value for ${code} is undefined, so the default is used.`,
  case: code => `${code} is the case.`,
  item: () => "The loop runs for an element.",
  done: () => "The loop has no more elements.",
  break: () => "The loop or block is left.",
  continue: () => "The loop goes on with its next round.",
  return: () => "The function returns.",
  throw: () => "The exception is thrown here.",
  abandon: () => "The generator is closed here.",
};
