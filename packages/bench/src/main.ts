/**
 * `pnpm bench`: all tools on the pinned packages in one table. `pnpm bench findings`: what our rules find there.
 * `pnpm bench fetch`: only brings the packages and the other tools.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { cacheFolder } from "./cache.ts";
import { compareTools, formatComparison } from "./comparison.ts";
import { prepareProject, projectIn, type Project } from "./fetch.ts";
import { diffFindings, findIn, formatDiff, formatFindings, type PackageFindings } from "./findings.ts";
import { PACKAGES } from "./packages.ts";
import { preparePeers } from "./peers.ts";
import { OWN_CLI, toolsOf, TOOL_NAMES, type ToolName } from "./tools.ts";

const USAGE = `pnpm bench [fetch|findings] [--only PACKAGE,...] [--json FILE] [--cli FILE]
  (table)   --rounds N (default 3)   --tools ${TOOL_NAMES.join(",")} (default: all but ours-less)
            --without RULE,...: the rules that ours-less leaves out   --folder DIR: a project of your own, as it is
  findings  --compare OLD.json`;

interface Options {
  readonly command: "table" | "findings" | "fetch";
  readonly only: readonly string[];
  readonly tools: readonly ToolName[];
  readonly rounds: number;
  readonly without: readonly string[];
  readonly folder: string | undefined;
  readonly json: string | undefined;
  readonly compare: string | undefined;
  readonly cli: string;
}

class UsageError extends Error {}

try {
  await main(optionsOf(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}

async function main(options: Options): Promise<void> {
  const cache = cacheFolder(process.env);
  mkdirSync(cache, { recursive: true });
  const projects =
    options.folder === undefined ? await prepareProjects(options.only, cache) : [projectIn(options.folder)];
  if (options.command === "findings") await printFindings(projects, options);
  else {
    const peers = await preparePeers(cache);
    if (options.command === "table") await printTable(projects, peers, options);
  }
}

async function printTable(projects: readonly Project[], peers: string, options: Options): Promise<void> {
  const tools = toolsOf(options.tools, { cli: options.cli, peers, without: options.without });
  const comparison = await compareTools(projects, tools, options.rounds, progress);
  process.stdout.write(`${formatComparison(comparison)}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(comparison, null, 2)}\n`);
  if (comparison.failures.length > 0) process.exitCode = 1;
}

async function printFindings(projects: readonly Project[], options: Options): Promise<void> {
  const found: PackageFindings[] = [];
  for (const project of projects) {
    progress(project.name);
    found.push(await findIn(project, options.cli));
  }
  process.stdout.write(`${formatFindings(found)}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ packages: found }, null, 2)}\n`);
  if (options.compare !== undefined) {
    const { packages } = JSON.parse(readFileSync(options.compare, "utf8")) as { packages: PackageFindings[] };
    process.stdout.write(`${formatDiff(diffFindings(packages, found))}\n`);
  }
  if (found.some(({ incomplete }) => incomplete.length > 0)) process.exitCode = 1;
}

async function prepareProjects(only: readonly string[], cache: string): Promise<readonly Project[]> {
  const projects: Project[] = [];
  for (const spec of PACKAGES.filter(({ name }) => only.length === 0 || only.includes(name))) {
    progress(`${spec.name}@${spec.version}: fetching unless it is there`);
    const project = await prepareProject(spec, cache);
    progress(`${project.folder}: ${project.files} files, ${project.lines} lines`);
    projects.push(project);
  }
  return projects;
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const command = oneOf(["table", "findings", "fetch"] as const, positionals[0] ?? "table", "command");
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new UsageError(`--rounds ${values.rounds} is no number from 1 up`);
  const only = listOf(values.only).map(name =>
    oneOf(
      PACKAGES.map(spec => spec.name),
      name,
      "package",
    ),
  );
  const tools = listOf(values.tools).map(name => oneOf(TOOL_NAMES, name, "tool"));
  const { json, compare, cli, folder } = values;
  const without = listOf(values.without);
  if (tools.includes("ours-less") && without.length === 0) throw new UsageError("ours-less wants --without RULE,...");
  if (folder !== undefined && !existsSync(folder)) throw new UsageError(`--folder ${folder} is not there`);
  const runsOurs = command === "findings" || (command === "table" && tools.some(name => name.startsWith("ours")));
  if (runsOurs && !existsSync(cli)) throw new UsageError(`${cli} is not there: build first, or leave "ours" out`);
  return { command, only, tools, rounds, without, folder, json, compare, cli };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: "string", default: "3" },
        only: { type: "string", default: "" },
        tools: { type: "string", default: TOOL_NAMES.filter(name => name !== "ours-less").join(",") },
        without: { type: "string", default: "" },
        folder: { type: "string" },
        json: { type: "string" },
        compare: { type: "string" },
        cli: { type: "string", default: OWN_CLI },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function listOf(value: string): readonly string[] {
  return value.split(",").filter(name => name !== "");
}

function oneOf<const T extends string>(known: readonly T[], name: string, what: string): T {
  const found = known.find(candidate => candidate === name);
  if (found === undefined) throw new UsageError(`no ${what} ${name}: there is ${known.join(", ")}`);
  return found;
}
