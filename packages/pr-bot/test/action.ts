/** A runner of composite actions, as far as ours needs one: inputs become environments, and scripts run in bash as GitHub runs them. */
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parse } from "yaml";
import type { Result } from "./scene.ts";

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

export const action = parse(readFileSync(join(PACKAGE, "action/action.yml"), "utf8")) as Action;

/** The workflows of the documentation that use the action, by the names of their files. */
export function documentedWorkflows(): ReadonlyMap<string, Workflow> {
  const page = readFileSync(join(PACKAGE, "../../docs/bot.md"), "utf8");
  const blocks = [...page.matchAll(/```yaml\n# \.github\/workflows\/(\S+)\n(.*?)```/gs)];
  return new Map(blocks.map(([, name = "", text = ""]) => [name, parse(text) as Workflow]));
}

/** What a runner gives to each job. */
export interface Job {
  readonly workspace: string;
  readonly token: string;
  /** The variables that GitHub documents. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ActionRun extends Result {
  /** The folder that npm was called in, and its arguments. */
  readonly npm: readonly string[];
}

const EXPRESSION = /\$\{\{\s*(.*?)\s*\}\}/g;

/** Runs the action's steps with these inputs, up to the first that fails. */
export async function runAction(given: NonNullable<Step["with"]>, job: Job): Promise<ActionRun> {
  const contexts = new Map([["github.token", job.token]]);
  const evaluated = (text: string): string =>
    text.replace(EXPRESSION, (_, name: string) => {
      const value = contexts.get(name);
      if (value === undefined) throw new Error(`There is no \`${name}\` here`);
      return value;
    });
  for (const name of Object.keys(given)) if (!action.inputs[name]) throw new Error(`The action has no input ${name}`);
  for (const [name, input] of Object.entries(action.inputs)) {
    contexts.set(`inputs.${name}`, String(given[name] ?? evaluated(input.default ?? "")));
  }
  const place = mkdtempSync(join(tmpdir(), "review-runner-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const log = join(place, "npm.log");
  let result: Result = { status: 0, stdout: "", stderr: "" };
  for (const { run, shell, env = {} } of action.runs.steps) {
    if (run === undefined || shell !== "bash") throw new Error("Only scripts for bash are run here");
    const own = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, evaluated(value)]));
    const script = join(place, "step.sh");
    writeFileSync(script, evaluated(run));
    result = await bash(script, job.workspace, { ...runnerEnvironment(place, log), ...job.env, ...own });
    if (result.status !== 0) break;
  }
  return { ...result, npm: readFileSync(log, "utf8").trimEnd().split("\n") };
}

/** Nothing of this process's own environment: a step has what its runner and its action give it. */
function runnerEnvironment(place: string, log: string): Readonly<Record<string, string>> {
  const npm = join(place, "npm");
  writeFileSync(npm, NPM);
  chmodSync(npm, 0o755);
  const path = [place, join(process.execPath, ".."), process.env["PATH"] ?? ""].join(delimiter);
  return { PATH: path, HOME: place, CI: "true", GITHUB_ACTIONS: "true", NPM_LOG: log, PACKAGE };
}

/** The registry's part: the package of the workspace stands where npm would put the one of this version. */
const NPM = `#!/usr/bin/env bash
set -euo pipefail
printf '%s\\n' "$PWD" "$@" > "$NPM_LOG"
while [ $# -gt 0 ]; do
  if [ "$1" = --prefix ]; then prefix=$2; fi
  shift
done
mkdir -p "$prefix/node_modules/@review"
ln -s "$PACKAGE" "$prefix/node_modules/@review/pr-bot"
`;

async function bash(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Result> {
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd, env });
  const [stdout, stderr] = [[] as Buffer[], [] as Buffer[]];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  const status = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  return { status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}
