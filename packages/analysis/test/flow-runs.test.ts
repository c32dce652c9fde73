import { buildFlow, type FlowGraph, type FlowRoot } from "@review/analysis";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { runnerOf, type Event, type Run } from "./flow-host.ts";
import { programs, type Program } from "./flow-programs.ts";
import { pairsOf, watch } from "./flow-watch.ts";
import { openTexts } from "./open.ts";

const open = openTexts({ "a.js": "" });
afterAll(() => open.close());

function graphOf(text: string): FlowGraph {
  const file = `${open.folder}/a.js`.replaceAll("\\", "/");
  const [project] = open.session.withTexts(new Map([[file, text]]));
  const root = project?.program.getSourceFile(file)?.statements[0] as FlowRoot;
  const graph = buildFlow(root);
  if (!graph) throw new Error("no graph");
  return graph;
}

/** Runs in which every decision that the graph can tell apart is taken every way. */
const MOST_RUNS = 250;

interface Exploration {
  /** Runs that the graph has no path for. */
  readonly strangers: readonly string[];
  readonly pairs: ReadonlySet<string>;
  /** Whether nothing was left out. */
  readonly isComplete: boolean;
}

async function explore(program: Program, graph: FlowGraph): Promise<Exploration> {
  const strangers: string[] = [];
  const pairs = new Set<string>();
  const known = new Set<string>();
  const scripts: (readonly number[])[] = [[]];
  const runProgram = runnerOf(program);
  let isCut = false;
  for (let count = 0; count < MOST_RUNS; count++) {
    const script = scripts.shift();
    if (!script) break;
    const run = await runProgram(script);
    isCut ||= run.end === "cut";
    strangers.push(...follow(graph, run, pairs));
    scripts.push(...alternatives(program, graph, run, script.length, known));
  }
  return { strangers, pairs, isComplete: scripts.length === 0 && !isCut };
}

function follow(graph: FlowGraph, run: Run, pairs: Set<string>): readonly string[] {
  let watcher = watch(graph);
  let label = "start";
  for (const event of run.events) {
    pairs.add(`${label} -> ${event.key}`);
    const after = watcher.after(event);
    label = `${event.key} ${event.outcome}`;
    if (after.at.steps.length === 0 && after.at.ends.size === 0) return [`${label} in ${print(run)}`];
    watcher = after;
  }
  if (run.end === "cut") return [];
  pairs.add(`${label} -> ${run.end}`);
  return watcher.at.ends.has(run.end) ? [] : [`the end of ${print(run)}`];
}

function print({ events, end }: Run): string {
  return [...events.map(({ key, outcome }) => `${key} ${outcome}`), end].join(", ");
}

/** Scripts that decide otherwise, where the graph was in a state that no run was in before. */
function alternatives(
  program: Program,
  graph: FlowGraph,
  run: Run,
  from: number,
  known: Set<string>,
): readonly number[][] {
  const found: number[][] = [];
  // How many keys an object has is decided once, but matters for as long as they are iterated.
  let keys = "";
  let watcher = watch(graph);
  run.events.forEach((event, index) => {
    const places = watcher.at.steps.map(step => `${step.block.id}.${step.index}`).sort();
    const state = `${event.key} ${places.join()} ${keys}`;
    watcher = watcher.after(event);
    if (hasKeys(program, event)) keys += String(event.choice);
    if (index < from || known.has(state)) return;
    known.add(state);
    const before = run.events.slice(0, index).map(({ choice }) => choice);
    for (let choice = 0; choice < event.options; choice++) if (choice !== event.choice) found.push([...before, choice]);
  });
  return found;
}

function hasKeys(program: Program, { key }: Event): boolean {
  return program.domains[Number(key.split(":")[1])] === "keys";
}

it("has a path for whatever happens when a program runs, and none that no run can take", async () => {
  let complete = 0;
  await fc.assert(
    fc.asyncProperty(programs(), async program => {
      const graph = graphOf(program.text);
      const { strangers, pairs, isComplete } = await explore(program, graph);
      expect(strangers[0], program.text).toBeUndefined();
      if (!isComplete) return;
      complete++;
      expect(
        [...pairsOf(graph)].find(pair => !pairs.has(pair)),
        program.text,
      ).toBeUndefined();
    }),
    // More of them, and others, on demand: each costs some sixty milliseconds.
    { numRuns: Number(process.env["FLOW_RUNS"] ?? 100), seed: Number(process.env["FLOW_SEED"] ?? 1) },
  );
  // The others could not be explored to the end, and show only what happens.
  expect(complete).toBeGreaterThan(30);
});
