/** Graphs and scopes of small texts, for the tests of the flow machinery. */
import {
  buildFlow,
  isFlowRoot,
  nodesOf,
  scopesOf,
  type FlowGraph,
  type FlowOptions,
  type Scopes,
  type Step,
} from "@review/analysis";
import { isSourceFile, type Node, type SourceFile } from "@review/program/syntax";
import { openTexts } from "./open.ts";

export interface FlowTexts {
  /** The tree of a text; valid until the next one is parsed. */
  parse(text: string): SourceFile;
  /** The graph of the first function (or class without constructor) of a text, or of its top level. */
  graph(text: string, options?: FlowOptions): OpenGraph;
  close(): void;
}

export interface OpenGraph extends FlowGraph {
  readonly scopes: Scopes;
  readonly sourceFile: SourceFile;
  /** The only step whose code reads like this; `kind` where there are several. */
  step(code: string, kind?: Step["kind"]): Step;
  /** The steps of reachable blocks, as `kind code`. */
  readonly told: readonly string[];
}

export function openFlows(file = "a.ts"): FlowTexts {
  const open = openTexts({ [file]: "" });
  const path = `${open.folder}/${file}`.replaceAll("\\", "/");
  const parse = (text: string): SourceFile => {
    const [project] = open.session.withTexts(new Map([[path, text]]));
    return project?.program.getSourceFile(path) as SourceFile;
  };
  return {
    parse,
    graph: (text, options) => openGraph(parse(text), options),
    close: () => open.close(),
  };
}

function openGraph(sourceFile: SourceFile, options?: FlowOptions): OpenGraph {
  const root = [...nodesOf(sourceFile)].find(node => isFlowRoot(node) && !isSourceFile(node)) ?? sourceFile;
  const graph = isFlowRoot(root) ? buildFlow(root, options) : undefined;
  if (!graph) throw new Error("the graph was given up");
  const steps = graph.blocks.filter(block => block.isReachable).flatMap(block => block.steps);
  return {
    ...graph,
    sourceFile,
    scopes: scopesOf(sourceFile),
    told: steps.map(({ kind, node }) => `${kind} ${codeOf(node)}`),
    step(code, kind) {
      const found = steps.filter(step => codeOf(step.node) === code && (!kind || step.kind === kind));
      if (found.length !== 1)
        throw new Error(`${found.length} steps for ${code}: ${found.map(step => step.kind).join()}`);
      return found[0] as Step;
    },
  };
}

function codeOf(node: Node): string {
  return node.getText().replace(/\s+/g, " ");
}
