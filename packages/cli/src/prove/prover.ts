/** `--prove`: runs a model's test on a copy of the tree in a sandbox, with the fix and without it. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { PlainModules, Prover, Trial } from "@review/review";
import { UsageError } from "../errors.ts";
import { copyTree, isWithin, type TreeCopy } from "../tree-copy.ts";
import { openSandbox, type Ran, type Sandbox } from "./sandbox.ts";
import { TREE } from "./sandbox-setup.ts";
import { LOADER, planFor } from "./test-runners.ts";

export interface OpenProver {
  readonly prover: Prover;
  /** Removes the copy. */
  close(): void;
}

/** The prover that the options ask for, if they do. Rejects with a `UsageError` where it would not be safe. */
export async function proverFor(
  { prove }: { readonly prove?: boolean },
  cwd: string,
  signal: AbortSignal,
): Promise<OpenProver | undefined> {
  if (prove !== true) return undefined;
  const opened = await openProver(cwd, signal);
  if (!("refused" in opened)) return opened;
  signal.throwIfAborted();
  throw new UsageError(`--prove would run tests that a model wrote, and ${opened.refused}: leave it out.`);
}

/** A test that takes longer has hung, or is none that anybody wants. */
const LONGEST_MS = 60_000;

/** With the fix and without it, in an order that neither a counter nor a clock can guess. */
const ROUNDS = ["before", "after", "after", "before", "before", "after"] as const;

/** Opens one for the tree of a folder; in words why there is none. The copy is made when it is first needed. */
export async function openProver(cwd: string, signal: AbortSignal): Promise<OpenProver | { readonly refused: string }> {
  const { sandbox, refused } = await openSandbox(signal);
  if (!sandbox) return { refused };
  let tree: TreeCopy | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const treeOf = (): TreeCopy => (tree ??= copyTree(cwd, { isForStrangers: true }));
  const prover: Prover = {
    planFor: path => planFor(path, treeOf()),
    run: trial => {
      const next = last.then(() => prove(trial, treeOf(), sandbox, signal));
      last = next.catch(() => undefined);
      return next;
    },
  };
  const close = (): void => {
    tree?.remove();
    sandbox.close();
  };
  return { prover, close };
}

async function prove(trial: Trial, tree: TreeCopy, sandbox: Sandbox, signal: AbortSignal): ReturnType<Prover["run"]> {
  const plan = planFor(trial.path, tree);
  const test = tree.pathOf(trial.plan.path);
  const touched = [...trial.changed.keys()].map(tree.pathOf);
  mkdirSync(dirname(test), { recursive: true, mode: 0o755 });
  if (!plan || ![test, ...touched].every(path => isWithin(tree, path)))
    return { isProof: false, because: "the file is a link that leads out of the tree", isFinal: true };
  const before = touched.map(path => [path, readFileSync(path)] as const);
  writeFileSync(test, trial.test, { mode: 0o644 });
  try {
    for (const side of ROUNDS) {
      lay(side === "before" ? before : touched.map((path, index) => [path, [...trial.changed.values()][index] ?? ""]));
      const loader = loaderFor(side, trial, tree);
      const bindings = [{ from: tree.copy, to: TREE }, ...packagesOf(tree), { from: loader, to: LOADER }];
      const ran = await sandbox.run({ ...plan, bindings, ms: LONGEST_MS, signal });
      const objection = objectionTo(side, ran);
      if (objection !== undefined)
        return { isProof: false, because: objection, isFinal: ran.stoppedFor === "interrupt" };
    }
    return { isProof: true };
  } finally {
    lay(before);
    rmSync(test, { force: true });
  }
}

function lay(texts: readonly (readonly [path: string, text: string | Buffer])[]): void {
  for (const [path, text] of texts) writeFileSync(path, text);
}

function packagesOf({ packages, copy }: TreeCopy): readonly { readonly from: string; readonly to: string }[] {
  return packages.map(({ from, to }) => ({ from, to: join(TREE, relative(copy, to)) }));
}

/** What keeps a run from being a part of a proof, with what it printed. */
function objectionTo(side: (typeof ROUNDS)[number], { status, stoppedFor, output }: Ran): string | undefined {
  if (stoppedFor === "interrupt") return "interrupted";
  if (stoppedFor === "memory") return "It took too much memory.";
  // A loop that never ends is a bug that a test can show in no other way.
  if (side === "before") return status === 0 ? "It passes without the fix." : undefined;
  if (stoppedFor === "time") return `With the fix it did not end within ${LONGEST_MS / 1_000} s.`;
  return status === 0 ? undefined : `It fails with the fix:\n${output.trim()}`;
}

/** Node's hooks and the modules that they hand out, in a folder beside the copy. */
function loaderFor(side: (typeof ROUNDS)[number], { modules }: Trial, tree: TreeCopy): string {
  const folder = join(dirname(tree.copy), "loader");
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  for (const name of ["register.mjs", "hooks.mjs"])
    copyFileSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, name));
  writeFileSync(join(folder, "modules.json"), JSON.stringify(within(modules?.[side], tree.root)), { mode: 0o644 });
  return folder;
}

/** The modules by the names that they have within; links that lead out of the tree are left out. */
function within(modules: PlainModules | undefined, root: string): object {
  const inside = (path: string): string => join(TREE, relative(root, path)).split(sep).join("/");
  const isInTree = (path: string): boolean => !relative(root, path).startsWith("..");
  const texts = [...(modules?.texts ?? [])].filter(([path]) => isInTree(path));
  const links = [...(modules?.links ?? [])].filter(([path]) => isInTree(path));
  return {
    texts: Object.fromEntries(texts.map(([path, text]) => [inside(path), text])),
    links: Object.fromEntries(
      links.map(([path, own]) => {
        const named = [...own].filter(([, target]) => isInTree(target));
        return [inside(path), Object.fromEntries(named.map(([specifier, target]) => [specifier, inside(target)]))];
      }),
    ),
  };
}
