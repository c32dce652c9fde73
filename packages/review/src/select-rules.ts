/** Which rules run, and with which severity in which file. */
import { nearest, suppressionRules, type Severity } from "@review/findings";
import { metadata } from "@review/rules/metadata";
import type { RuleDescriptor } from "@review/reporters";
import { globMatcher } from "@review/source";
import { relativeTo } from "./paths.ts";
import { RequestError } from "./request-error.ts";

/** What the user wants of single rules. */
export type SeveritySettings = Readonly<Record<string, "off" | Severity>>;

export interface RuleSelection {
  /** Only these rules, whatever their preset and wherever they are off. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly settings?: SeveritySettings | undefined;
  /** `recommended` if absent; each of them holds the ones before it. */
  readonly preset?: "recommended" | "refactor" | "preview" | "all" | undefined;
  /** Settings for some files; of several that match a file and name a rule, the last one decides. */
  readonly overrides?: readonly RuleOverride[] | undefined;
  /** Absolute directory that the globs of `overrides` are relative to; the working directory if absent. */
  readonly base?: string | undefined;
}

export interface RuleOverride {
  /** Globs; one without a slash matches at any depth, `!` takes files back. */
  readonly files: readonly string[];
  readonly settings: SeveritySettings;
}

const REPOSITORY = "https://github.com/review-dev/review";

/** Every rule and what it says of itself, sorted by id. */
export function catalogue(): readonly RuleDescriptor[] {
  const suppressions = suppressionRules.map(rule => ({ ...rule, preset: "recommended" as const, since: "0.1.0" }));
  return [...metadata, ...suppressions]
    .map(({ id, summary, category, severity, preset, repair }) => ({
      id,
      summary,
      category,
      severity,
      preset,
      repair,
      url: `${REPOSITORY}/blob/main/packages/rules/src/${id}/README.md`,
    }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

/**
 * The rules that run on at least one file, with the severity that they have where no override speaks. Throws a `RequestError`
 * for an unknown name.
 */
export function selectRules(selection: RuleSelection): readonly RuleDescriptor[] {
  const all = catalogue();
  const { settings = {}, overrides = [] } = selection;
  const known = new Set(all.map(rule => rule.id));
  const layers = [settings, ...overrides.map(override => override.settings)];
  const named = [...(selection.only ?? []), ...(selection.skip ?? []), ...layers.flatMap(layer => Object.keys(layer))];
  for (const id of named) if (!known.has(id)) throw unknownRule(id, [...known]);
  const cases = [[], ...overrides.map(override => [override])];
  return all.flatMap(rule => {
    const severity = cases.map(matching => severityOf(rule, selection, matching)).find(value => value !== undefined);
    return severity === undefined ? [] : [{ ...rule, severity }];
  });
}

/** The rules that are on in a file, by its absolute path, with their severities there. */
export type SeveritiesIn = (path: string) => ReadonlyMap<string, Severity>;

/** Looks up severities by file; `cwd` is the working directory of the review. */
export function severitiesIn(selection: RuleSelection, cwd: string): SeveritiesIn {
  const base = selection.base ?? cwd;
  const overrides = (selection.overrides ?? []).map(override => ({ override, matches: globMatcher(override.files) }));
  const all = catalogue();
  const known = new Map<string, ReadonlyMap<string, Severity>>();
  return path => {
    const name = relativeTo(base, path);
    const matching = overrides.filter(({ matches }) => matches(name));
    const key = matching.map(entry => overrides.indexOf(entry)).join();
    const severities =
      known.get(key) ??
      severitiesFor(
        all,
        selection,
        matching.map(({ override }) => override),
      );
    known.set(key, severities);
    return severities;
  };
}

function severitiesFor(
  all: readonly RuleDescriptor[],
  selection: RuleSelection,
  overrides: readonly RuleOverride[],
): ReadonlyMap<string, Severity> {
  return new Map(
    all.flatMap(rule => {
      const severity = severityOf(rule, selection, overrides);
      return severity === undefined ? [] : [[rule.id, severity] as const];
    }),
  );
}

/** Undefined: the rule is off. What is asked for by name is on, however the files' settings have it. */
function severityOf(
  rule: RuleDescriptor,
  selection: RuleSelection,
  overrides: readonly RuleOverride[],
): Severity | undefined {
  if (selection.skip?.includes(rule.id)) return undefined;
  const settings = [selection.settings ?? {}, ...overrides.map(override => override.settings)];
  const setting = settings.map(layer => layer[rule.id]).findLast(value => value !== undefined);
  if (selection.only) {
    if (!selection.only.includes(rule.id)) return undefined;
    return setting === undefined || setting === "off" ? rule.severity : setting;
  }
  if (setting === "off") return undefined;
  return setting ?? (isIn(selection.preset ?? "recommended", rule) ? rule.severity : undefined);
}

const PRESETS = ["recommended", "refactor", "preview"] as const;

function isIn(preset: NonNullable<RuleSelection["preset"]>, rule: RuleDescriptor): boolean {
  return preset === "all" || PRESETS.indexOf(rule.preset) <= PRESETS.indexOf(preset);
}

function unknownRule(id: string, known: readonly string[]): RequestError {
  const close = nearest(id, known);
  const hint = close === undefined ? "see `review rules`" : `did you mean "${close}"?`;
  return new RequestError(`There is no rule "${id}": ${hint}`);
}
