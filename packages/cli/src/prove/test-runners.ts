/** Which runner a test of a file is for, where it would stand, and how it is started within the sandbox. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import type { ProverPlan } from "@review/review";
import type { TreeCopy } from "../tree-copy.ts";
import { TREE } from "./sandbox-setup.ts";

/** Where the loader lies within. */
export const LOADER = "/review";

/** A plan and what it takes to carry it out. */
export interface RunnerPlan extends ProverPlan {
  /** Within the sandbox. */
  readonly cwd: string;
  readonly command: readonly [string, ...string[]];
}

/** The plan for a file by its absolute path; undefined for one that is not in the tree, or that Node has no way to run. */
export function planFor(path: string, tree: Pick<TreeCopy, "root" | "files">): RunnerPlan | undefined {
  const { root, files } = tree;
  if (!files.includes(path) || !/\.[cm]?[jt]sx?$/.test(path) || /\.cts$/.test(path)) return undefined;
  const found = runnerOf(path, root);
  const runner = found?.name ?? "node:test";
  const testPath = placeFor(path, runner, found?.folder ?? dirname(path), files);
  return {
    runner,
    path: testPath,
    subject: specifierFor(path, testPath, runner),
    needsModules: runner === "node:test" || runner === "mocha",
    ...startOf(testPath, root, found),
  };
}

interface FoundRunner {
  readonly name: "vitest" | "jest" | "mocha";
  /** The package that has it. */
  readonly folder: string;
  readonly program: string;
}

const RUNNERS = ["vitest", "jest", "mocha"] as const;

/** The nearest package above a file that declares a runner and has it installed. */
function runnerOf(path: string, root: string): FoundRunner | undefined {
  for (let folder = dirname(path); folder.startsWith(root); folder = dirname(folder)) {
    const declared = manifestIn(folder);
    const names = { ...declared?.dependencies, ...declared?.devDependencies };
    for (const name of RUNNERS) {
      const program = name in names ? programOf(name, folder, root) : undefined;
      if (program !== undefined) return { name, folder, program };
    }
    if (folder === dirname(folder)) break;
  }
  return undefined;
}

/** What starts it, in the packages of the folder or of one above. */
function programOf(name: string, from: string, root: string): string | undefined {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const home = join(folder, "node_modules", name);
    const bin = manifestIn(home)?.bin;
    const program = typeof bin === "string" ? bin : bin?.[name];
    if (program !== undefined && existsSync(join(home, program))) return join(home, program);
    if (folder === dirname(folder)) break;
  }
  return undefined;
}

interface Manifest {
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

const TEST_NAME = /\.(?:test|spec)\.[cm]?[jt]sx?$/;

/** Beside the nearest test that the package has, since a runner looks for tests where they are; else beside the file. */
function placeFor(path: string, runner: RunnerPlan["runner"], home: string, files: readonly string[]): string {
  const isPlain = runner === "node:test" || runner === "mocha";
  const tests = files.filter(file => TEST_NAME.test(file) && file.startsWith(`${home}/`));
  const nearest = isPlain ? undefined : tests.toSorted((a, b) => common(b, path) - common(a, path))[0];
  const ending = `.test.${isPlain ? "m" : ""}${/tsx?$/.test(path) ? "ts" : "js"}`;
  const suffix = nearest === undefined ? ending : (TEST_NAME.exec(nearest)?.[0] ?? ending);
  const folder = dirname(nearest ?? path);
  const stem = basename(path, extname(path));
  for (let count = 1; ; count++) {
    const name = join(folder, `${stem}.proof${count === 1 ? "" : String(count)}${suffix}`);
    if (!files.includes(name)) return name;
  }
}

/** How many characters two paths have in common. */
function common(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}

/** Jest finds modules by their names without an ending, as its configuration says. */
function specifierFor(path: string, test: string, runner: RunnerPlan["runner"]): string {
  const way = relative(dirname(test), path);
  const specifier = way.startsWith(".") ? way : `./${way}`;
  return runner === "jest" ? specifier.replace(/\.[jt]sx?$/, "") : specifier;
}

function startOf(test: string, root: string, found: FoundRunner | undefined): Pick<RunnerPlan, "cwd" | "command"> {
  const inside = (path: string): string => join(TREE, relative(root, path));
  const file = inside(test);
  const node = process.execPath;
  const loader = ["--import", `${LOADER}/register.mjs`];
  if (!found) return { cwd: TREE, command: [node, ...loader, file] };
  const cwd = inside(found.folder);
  const program = inside(found.program);
  const commands = {
    vitest: [program, "run", file, ...VITEST],
    jest: [program, "--runTestsByPath", file, ...JEST],
    mocha: [...loader, program, ...MOCHA, file],
  };
  return { cwd, command: [node, ...commands[found.name]] };
}

/** One process, nothing written, nothing but the one file. */
const VITEST = [
  "--configLoader=runner",
  "--pool=threads",
  "--no-file-parallelism",
  "--coverage.enabled=false",
  "--cache=false",
];
const JEST = ["--runInBand", "--ci", "--watchman=false", "--coverage=false", "--cacheDirectory=/tmp/jest"];
const MOCHA = ["--no-config", "--no-package", "--no-opts"];
