/** Which rules run, and with which severity. */
import { nearest, suppressionRules, type Severity } from "@review/findings";
import { rules } from "@review/rules";
import type { RuleDescriptor } from "@review/reporters";

export interface RuleSelection {
  /** Only these rules, whatever their preset. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  /** What the user's configuration says of single rules. */
  readonly settings?: Readonly<Record<string, "off" | Severity>> | undefined;
  /** `recommended` if absent; each of them holds the ones before it. */
  readonly preset?: "recommended" | "refactor" | "preview" | "all" | undefined;
}

/** A wrong request or configuration: one line that says what, where and how to mend it. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}

const REPOSITORY = "https://github.com/review-dev/review";

/** Every rule and what it says of itself, sorted by id. */
export function catalogue(): readonly RuleDescriptor[] {
  const suppressions = suppressionRules.map(rule => ({ ...rule, preset: "recommended" as const, since: "0.1.0" }));
  return [...rules, ...suppressions]
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

/** The rules that a selection means, with the severity that the user gave them. Throws a `RequestError` for an unknown name. */
export function selectRules(selection: RuleSelection): readonly RuleDescriptor[] {
  const all = catalogue();
  const known = new Set(all.map(rule => rule.id));
  const named = [...(selection.only ?? []), ...(selection.skip ?? []), ...Object.keys(selection.settings ?? {})];
  for (const id of named) if (!known.has(id)) throw unknownRule(id, [...known]);
  return all.flatMap(rule => {
    const setting = selection.settings?.[rule.id];
    if (!isWanted(rule, selection, setting) || selection.skip?.includes(rule.id)) return [];
    return [setting === undefined || setting === "off" ? rule : { ...rule, severity: setting }];
  });
}

const PRESETS = ["recommended", "refactor", "preview"] as const;

function isWanted(rule: RuleDescriptor, selection: RuleSelection, setting: string | undefined): boolean {
  if (selection.only) return selection.only.includes(rule.id);
  if (setting !== undefined) return setting !== "off";
  const { preset = "recommended" } = selection;
  return preset === "all" || PRESETS.indexOf(rule.preset) <= PRESETS.indexOf(preset);
}

function unknownRule(id: string, known: readonly string[]): RequestError {
  const close = nearest(id, known);
  const hint = close === undefined ? "see `review rules`" : `did you mean "${close}"?`;
  return new RequestError(`There is no rule "${id}": ${hint}`);
}
