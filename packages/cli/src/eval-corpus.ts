/** The code on which `review eval` measures where the answer is known: a copy of the tree with bugs in it, or without them. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { review, selectRules, type Finding, type Ports, type ReviewRequest, type Severity } from "@review/review";
import { falseFinding, mutationPairs, spread, twinsAmong, type Pair } from "@review/review/eval";
import { UsageError } from "./errors.ts";
import { copyTree, isWithin, type TreeCopy } from "./tree-copy.ts";

/** `findings`: what is found in the code as it is. */
export const CORPORA = ["findings", "twins", "mutations"] as const;

export interface CorpusOrder {
  readonly kind: "twins" | "mutations";
  readonly paths: readonly string[];
  readonly request: ReviewRequest;
  /** At most so many cases; all if absent. */
  readonly limit: number | undefined;
  readonly ports: Ports;
}

export interface Corpus {
  readonly request: ReviewRequest;
  readonly pairs: ReadonlyMap<string, Pair>;
  /** The findings that the bugs cause. */
  readonly cases: readonly Finding[];
  /** The same as if the code without the bugs had them. */
  readonly falseCases: readonly Finding[];
  /** Writes one side of every pair. */
  readonly lay: (side: "bug" | "clean") => void;
  close(): void;
}

/** Makes the copy and finds out which bugs are reported. Rejects with a `UsageError` when there are none. */
export async function openCorpus({ kind, paths, request, limit, ports }: CorpusOrder): Promise<Corpus> {
  const { cwd } = request.target;
  const folders = (paths.length > 0 ? paths : ["."]).map(path => resolve(cwd, path));
  // A twin stands alone; what a mutated file imports is about the working directory. Settings may come from anywhere.
  const home = kind === "twins" ? folders : [cwd];
  const tree = copyTree(cwd, { isWanted: file => isBelow(file, home) || file.endsWith(".json") });
  try {
    const texts = textsBelow(folders, cwd, tree);
    const pairs = kind === "twins" ? twinsAmong(texts) : mutationPairs(texts, shownRules(request));
    for (const file of kind === "twins" ? texts.keys() : []) if (isAnswer(file)) rmSync(join(tree.cwd, file));
    const files = pairs.map(({ file }) => file);
    if (files.length === 0) throw new UsageError(`There is nothing to make ${kind} of below the paths.`);
    const here: ReviewRequest = { ...request, target: { kind: "paths", paths: files, cwd: tree.cwd } };
    const lay = layIn(tree, pairs);
    lay("clean");
    const before = await review({ ...here, verify: false }, ports);
    lay("bug");
    const after = await review({ ...here, verify: false }, ports);
    const caused = causedBy(pairs, before.findings, after.findings);
    if (caused.length === 0) throw new UsageError(`Of ${files.length} ${kind} no rule reports any.`);
    const cases = spread(caused, limit);
    const byFile = new Map(pairs.map(pair => [pair.file, pair]));
    const falseCases = cases.map(finding => falseFinding(finding, byFile.get(finding.file) as Pair));
    return { request: here, pairs: byFile, cases, falseCases, lay, close: () => tree.remove() };
  } catch (error) {
    tree.remove();
    throw error;
  }
}

/** The rules that are on and whose findings are severe enough: the others would report no mutation. */
function shownRules({ rules = {}, severity: lowest = "warning" }: ReviewRequest): ReadonlySet<string> {
  const order: readonly Severity[] = ["error", "warning", "info"];
  const shown = selectRules(rules).filter(({ severity }) => order.indexOf(severity) <= order.indexOf(lowest));
  return new Set(shown.map(({ id }) => id));
}

/** Source files of the tree below some folders, by the names that findings give them. */
function textsBelow(folders: readonly string[], cwd: string, { files }: TreeCopy): ReadonlyMap<string, string> {
  const sources = files.filter(
    file => /(?<!\.d)\.[cm]?[jt]sx?$/.test(file) && isBelow(file, folders) && isBelow(file, [cwd]),
  );
  const nameOf = (file: string): string => relative(cwd, file).split(sep).join("/");
  return new Map(sources.map(file => [nameOf(file), readFileSync(file, "utf8").replace(/^\uFEFF/, "")]));
}

function isBelow(file: string, folders: readonly string[]): boolean {
  return folders.some(folder => file === folder || file.startsWith(folder + sep));
}

function isAnswer(file: string): boolean {
  return /\.(?:repaired|fixed)\.[cm]?[jt]sx?$/.test(file);
}

function layIn(tree: TreeCopy, pairs: readonly Pair[]): Corpus["lay"] {
  return side => {
    for (const pair of pairs) {
      const path = join(tree.cwd, pair.file);
      if (isWithin(tree, path)) writeFileSync(path, pair[side]);
    }
  };
}

/** What is found with the bugs and not without them; of a mutation only what it was made for. */
function causedBy(
  pairs: readonly (Pair & { readonly ruleId?: string })[],
  before: readonly Finding[],
  after: readonly Finding[],
): readonly Finding[] {
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  const rules = new Map(pairs.map(({ file, ruleId }) => [file, ruleId]));
  return after.filter(({ fingerprint, file, ruleId }) => {
    if (known.has(fingerprint) || !rules.has(file)) return false;
    const made = rules.get(file);
    return made === undefined || made === ruleId;
  });
}
