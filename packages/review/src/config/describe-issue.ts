/** Says what is wrong with a configuration, in the words of the person who wrote it. */
import { nearest } from "@review/findings";

/** What is wrong, and at which key. */
export interface ConfigProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What this file reads of the schema library's issues. */
export interface SchemaIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly expected?: string;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly message?: string;
}

/** The first issue as a problem; how many there are besides is said at its end. */
export function describeIssue(
  issues: readonly SchemaIssue[],
  config: unknown,
  ruleIds: readonly string[],
): ConfigProblem {
  const [issue] = issues;
  if (!issue) throw new TypeError("There is no issue to describe.");
  const { path, message } = described(issue, config, ruleIds);
  const others = issues.reduce((sum, { keys = [""] }) => sum + keys.length, -1);
  return { path, message: others === 0 ? message : `${message} (${others} more)` };
}

/** The key as a person writes it: `overrides[0].rules.default-sort`. */
export function keyPath(path: ConfigProblem["path"]): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${key}`)).join("");
}

function described(issue: SchemaIssue, config: unknown, ruleIds: readonly string[]): ConfigProblem {
  const path = issue.path.map(key => (typeof key === "symbol" ? String(key) : key));
  if (isSetting(path)) return { path, message: settingMessage(path, config) };
  const [unknown] = issue.keys ?? [];
  if (unknown !== undefined) return { path: [...path, unknown], message: unknownKey(unknown, path, ruleIds) };
  if (issue.code === "custom" && issue.message) return { path, message: issue.message };
  return { path, message: valueMessage(issue, valueAt(config, path)) };
}

/** Whether the path leads to the setting of a rule, or into it. */
function isSetting(path: ConfigProblem["path"]): boolean {
  const rules = path.indexOf("rules");
  return rules >= 0 && path.length > rules + 1;
}

function settingMessage(path: ConfigProblem["path"], config: unknown): string {
  const at = path.indexOf("rules") + 2;
  const value = valueAt(config, path.slice(0, at));
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const [severity, options, ...more] = parts;
  const isWritten = SETTINGS.some(setting => setting === severity);
  if (isWritten && severity !== "off" && isFilled(options) && more.length === 0) {
    return `this rule has no options: write ${quoted(severity)} alone`;
  }
  if (typeof severity === "string" && !isWritten)
    return `${quoted(severity)} is no setting; ${hint(severity, SETTINGS)}`;
  return `a rule is set to ${listed(SETTINGS)}, or to [severity, {}]`;
}

const SETTINGS = ["off", "error", "warning", "info"] as const;

function isFilled(options: unknown): boolean {
  return typeof options === "object" && options !== null && Object.keys(options).length > 0;
}

function unknownKey(key: string, parent: ConfigProblem["path"], ruleIds: readonly string[]): string {
  if (parent.at(-1) === "rules") return `there is no rule ${quoted(key)}; ${hint(key, ruleIds, "see `review rules`")}`;
  return `there is no key ${quoted(key)}; ${hint(key, keysAt(parent))}`;
}

/** The keys that there are; of the facts about functions only the first level, the schema has them all. */
function keysAt(parent: ConfigProblem["path"]): readonly string[] {
  if (parent.length === 0) return ["preset", "rules", "ignore", "overrides", "models", "suggest"];
  if (parent[0] === "overrides") return ["files", "rules"];
  if (parent[0] === "suggest") return suggestKeys(parent);
  return parent.length === 2 ? ["module", "owner", "global", "members", "facts"] : FACTS;
}

function suggestKeys(parent: ConfigProblem["path"]): readonly string[] {
  if (parent.length === 1)
    return ["model", "language", "concurrency", "outputTokens", "contextTokens", "budget", "prices"];
  return parent[1] === "budget" ? ["usd", "tokens", "requests"] : ["input", "output", "cachedInput"];
}

const FACTS = [
  "throws",
  "rejects",
  "ends",
  "pure",
  "changes",
  "returns",
  "takes",
  "response",
  "acquires",
  "releases",
  "mayFloat",
];

function valueMessage({ code, expected, values }: SchemaIssue, value: unknown): string {
  if (value === undefined) return "it is missing";
  if (values) {
    const names = values.map(String);
    return `${quoted(value)} is none of its values; ${typeof value === "string" ? hint(value, names) : listed(names)}`;
  }
  if (code === "too_small") return "it is empty";
  return `it takes ${NOUNS.get(expected ?? "") ?? expected ?? "something else"}, not ${kindOf(value)}`;
}

const NOUNS: ReadonlyMap<string, string> = new Map([
  ["array", "a list"],
  ["object", "an object"],
  ["string", "a text"],
]);

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return NOUNS.get(typeof value) ?? `a ${typeof value}`;
}

function hint(name: string, known: readonly string[], otherwise = `use ${listed(known)}`): string {
  const close = nearest(name, known) ?? known.find(candidate => name !== "" && candidate.startsWith(name));
  return close === undefined ? otherwise : `did you mean ${quoted(close)}?`;
}

function listed(names: readonly string[]): string {
  return names.map(quoted).join(", ");
}

function quoted(value: unknown): string {
  return JSON.stringify(value);
}

function valueAt(config: unknown, path: ConfigProblem["path"]): unknown {
  return path.reduce<unknown>((at, key) => (at as Readonly<Record<string | number, unknown>> | null)?.[key], config);
}
