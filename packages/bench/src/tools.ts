/** The tools that are compared: how each is called on a project, and what its output says. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Project } from "./fetch.ts";
import type { Command, Usage } from "./measure.ts";

/** The tools in the order of the table. */
export const TOOL_NAMES = ["ours", "ours-less", "plugin", "oxlint", "eslint", "tsc"] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** What our command says of itself with `--stats`. */
export interface Stats {
  /** Questions to the compiler. */
  readonly questions: number;
  readonly roundTrips: number;
  /** Sent and received over the compiler's channel. */
  readonly bytes: number;
}

export interface Outcome {
  /** Undefined where the tool does not tell. */
  readonly files: number | undefined;
  readonly findings: number;
  readonly stats: Stats | undefined;
}

export interface Tool {
  readonly name: ToolName;
  command(project: Project): Command;
  /** Throws when the tool did not do its work. */
  outcome(usage: Usage): Outcome;
}

/** Where things lie: our command's main file and the folder of the installed peers. */
export interface Places {
  readonly cli: string;
  readonly peers: string;
  /** The rules that `ours-less` leaves out. */
  readonly without?: readonly string[];
}

/** Our command as this checkout builds it. */
export const OWN_CLI: string = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));

/** The tools of these names, in this order. */
export function toolsOf(names: readonly ToolName[], places: Places): readonly Tool[] {
  return names.map(name => MAKERS[name](places));
}

/** What `--stats` printed: one line `review-stats: {"questions":…,"roundTrips":…,"bytes":…}` among the others. */
export function statsOf(stderr: string): Stats | undefined {
  const line = /^review-stats: (\{.*\})\s*$/m.exec(stderr)?.[1];
  if (line === undefined) return undefined;
  const { questions, roundTrips, bytes } = JSON.parse(line) as Stats;
  return { questions, roundTrips, bytes };
}

const MAKERS: Readonly<Record<ToolName, (places: Places) => Tool>> = {
  ours: places => ours("ours", places, []),
  "ours-less": places => ours("ours-less", places, ["--skip-rule", (places.without ?? []).join(",")]),
  plugin,
  oxlint,
  eslint,
  tsc,
};

function ours(name: "ours" | "ours-less", { cli }: Places, rules: readonly string[]): Tool {
  const flags = ["--format", "json", "--stats", "--fail-on", "never", ...rules];
  return {
    name,
    command: ({ folder }) => nodeCommand(folder, [cli, ".", ...flags]),
    outcome: usage => {
      expectExit(usage, [0, 3]);
      const report = JSON.parse(usage.stdout) as { findings: unknown[]; summary: { analysed: number } };
      return { files: report.summary.analysed, findings: report.findings.length, stats: statsOf(usage.stderr) };
    },
  };
}

function oxlint({ peers }: Places): Tool {
  const flags = [
    "--type-aware",
    "--tsconfig",
    "tsconfig.json",
    "-D",
    "correctness",
    "-D",
    "suspicious",
    "--ignore-pattern",
    "node_modules",
  ];
  const env = { OXLINT_TSGOLINT_PATH: join(peers, "node_modules", ".bin", "tsgolint") };
  return {
    name: "oxlint",
    command: ({ folder }) =>
      nodeCommand(folder, [peerFile(peers, "oxlint/bin/oxlint"), ...flags, "--format", "json", "."], env),
    outcome: usage => {
      expectExit(usage, [0, 1]);
      const report = JSON.parse(usage.stdout) as { diagnostics: unknown[]; number_of_files: number };
      return { files: report.number_of_files, findings: report.diagnostics.length, stats: undefined };
    },
  };
}

/** ESLint with our plugin's recommended preset. */
function plugin(places: Places): Tool {
  return inEslint("plugin", "review.config.mjs", places);
}

/** ESLint with the typed rules of typescript-eslint. */
function eslint(places: Places): Tool {
  return inEslint("eslint", "eslint.config.mjs", places);
}

function inEslint(name: ToolName, configFile: string, { peers }: Places): Tool {
  const config = ["--config", join(peers, configFile), "--no-cache", "--format", "json"];
  return {
    name,
    command: ({ folder }) => nodeCommand(folder, [peerFile(peers, "eslint/bin/eslint.js"), ...config, "."]),
    outcome: usage => {
      expectExit(usage, [0, 1]);
      const results = JSON.parse(usage.stdout) as { messages: { ruleId: string | null }[] }[];
      const findings = results.flatMap(({ messages }) => messages).filter(({ ruleId }) => ruleId !== null).length;
      return { files: results.length, findings, stats: undefined };
    },
  };
}

function tsc({ peers }: Places): Tool {
  return {
    name: "tsc",
    command: ({ folder }) =>
      nodeCommand(folder, [peerFile(peers, "@typescript/native/bin/tsc"), "--noEmit", "--pretty", "false", "-p", "."]),
    outcome: usage => {
      expectExit(usage, [0, 1, 2]);
      return { files: undefined, findings: usage.stdout.match(/^\S.*: error TS\d+:/gm)?.length ?? 0, stats: undefined };
    },
  };
}

function nodeCommand(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Command {
  return { argv: [process.execPath, ...args], cwd, env };
}

function peerFile(peers: string, path: string): string {
  return join(peers, "node_modules", ...path.split("/"));
}

function expectExit({ exitCode, stderr }: Usage, accepted: readonly number[]): void {
  if (exitCode !== null && accepted.includes(exitCode)) return;
  throw new Error(`exit status ${exitCode ?? "none (a signal ended it)"}: ${stderr.trim().split("\n")[0] ?? ""}`);
}
