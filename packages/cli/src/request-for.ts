/** From the command line and the configuration to what is asked of a review. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Severity } from "@review/findings";
import {
  configuredRequest,
  loadConfig,
  type ReviewRequest,
  type RuleSelection,
  type SuggestConfig,
  type VerifyConfig,
} from "@review/review";
import { UsageError } from "./errors.ts";
import type { ReviewOptions } from "./options.ts";
import { readStdin } from "./read-stdin.ts";

/** What is asked of a review, and of a model if one is asked. */
export interface Asked {
  readonly request: ReviewRequest;
  readonly suggest: AskedModel;
}

/** How a model is asked, and what its fixes may do. */
export interface AskedModel extends SuggestConfig, VerifyConfig {}

/** The request; what the command line says wins over the configuration. Rejects for wrong use of either. */
export async function requestFor(
  paths: readonly string[],
  options: ReviewOptions,
  cwd: string,
  signal: AbortSignal,
): Promise<Asked> {
  checkCombination(paths, options);
  const project = options.project === undefined ? undefined : projectFile(options.project, cwd);
  const config = await loadConfig(cwd);
  const { rules, sources, models } = config ? configuredRequest(config) : { rules: {}, sources: {}, models: [] };
  const severity = options.severity ?? lowestShown(options, rules.preset);
  const request = {
    target: await targetFor(paths, options, cwd, signal),
    sources,
    rules: { ...rules, only: options.rule, skip: options.skipRule, preset: presetFor(severity, rules.preset) },
    severity,
    project,
    models,
  };
  return { request, suggest: { ...config?.config.suggest, ...config?.config.verify } };
}

function checkCombination(paths: readonly string[], options: ReviewOptions): void {
  checkStdin(paths, options);
  const { requireSuggestions, suggest = options.fixVerified } = options;
  if (requireSuggestions && !suggest) throw new UsageError("--require-suggestions goes with --suggest: add --suggest.");
}

function checkStdin([path]: readonly string[], options: ReviewOptions): void {
  const { stdin, stdinFilename, prove, fix = options.fixVerified } = options;
  if (!stdin && stdinFilename !== undefined) {
    throw new UsageError("--stdin-filename goes with --stdin: add --stdin.");
  }
  if (!stdin) return;
  if (path !== undefined) {
    throw new UsageError(`--stdin reviews standard input alone: leave out ${JSON.stringify(path)}.`);
  }
  if (stdinFilename === undefined) {
    throw new UsageError("--stdin needs to know what it reads: add --stdin-filename src/name.ts.");
  }
  if (prove) throw new UsageError("--prove tries files of a tree, and --stdin is none: use one of them.");
  if (fix) throw new UsageError("--fix writes files, and --stdin has none: use one of them.");
}

/** As `tsc --project` has it: a file, or a folder with a `tsconfig.json`. */
function projectFile(project: string, cwd: string): string {
  const path = resolve(cwd, project);
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind?.isDirectory()) return projectFile(join(path, "tsconfig.json"), cwd);
  if (kind) return path;
  throw new UsageError(`--project ${JSON.stringify(project)} does not exist: name a tsconfig.json or its folder.`);
}

/** Who asks for refactorings, or for a rule by its name, wants to see them. */
function lowestShown(options: ReviewOptions, preset: RuleSelection["preset"]): Severity {
  const wantsAll =
    options.rule !== undefined || options.failOn === "info" || (preset ?? "recommended") !== "recommended";
  return wantsAll ? "info" : "warning";
}

const PRESETS = ["recommended", "refactor", "preview", "all"] as const;

/** The configuration's preset, and at least that of refactorings where they are shown. */
function presetFor(severity: Severity, preset: RuleSelection["preset"] = "recommended"): RuleSelection["preset"] {
  const least = severity === "info" ? "refactor" : "recommended";
  return PRESETS[Math.max(PRESETS.indexOf(preset), PRESETS.indexOf(least))];
}

async function targetFor(
  paths: readonly string[],
  { stdinFilename }: ReviewOptions,
  cwd: string,
  signal: AbortSignal,
): Promise<ReviewRequest["target"]> {
  if (stdinFilename === undefined) return { kind: "paths", paths: paths.length > 0 ? paths : ["."], cwd };
  return { kind: "stdin", fileName: stdinFilename, text: await readStdin(signal), cwd };
}
