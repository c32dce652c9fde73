/** `eslint-plugin-review`: every rule of review as a rule of ESLint, and presets of them. */
import type { ESLint, Linter, Rule } from "eslint";
import { catalogue, type RuleCard } from "./catalogue.ts";
import { replaced } from "./replaced.ts";
import { likelyProject } from "./likely-project.ts";
import { slashed } from "./names.ts";
import { prepareSession } from "./session-thread.ts";
import { toEslintRule } from "./to-eslint-rule.ts";
import { version } from "./version.ts";

export { replaced } from "./replaced.ts";
export type { ReviewSettings } from "./settings.ts";

/** Names of the presets. */
export type PresetName = "recommended" | "refactor" | "all" | "dedupe";

/** The plugin as `defineConfig` and `extends: ["review/recommended"]` expect it. */
export interface ReviewPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: Record<PresetName, Linter.Config>;
}

const cards = catalogue();

// Whoever loads the plugin lints next: until its parser and its other plugins are there, a session's thread can be, too.
prepareSession(likelyProject(process.argv, slashed(process.cwd())));

const plugin: ReviewPlugin = {
  meta: { name: "eslint-plugin-review", version, namespace: "review" },
  rules: Object.fromEntries(cards.map(card => [card.id, toEslintRule(card)])),
  configs: {
    recommended: preset("recommended", card => card.preset === "recommended"),
    refactor: preset("refactor", card => card.preset === "refactor"),
    all: preset("all", () => true),
    dedupe: dedupe(),
  },
};
export default plugin;
// What `require` gives back: a configuration in CommonJS needs no `.default`.
export { plugin as "module.exports" };

/** A preset holds the plugin itself, so it is filled in once there is one. */
function preset(name: PresetName, holds: (card: RuleCard) => boolean): Linter.Config {
  const rules = cards.filter(holds).map(card => [`review/${card.id}`, card.severity === "error" ? "error" : "warn"]);
  return {
    name: `review/${name}`,
    get plugins() {
      return { review: plugin };
    },
    rules: Object.fromEntries(rules) as Linter.RulesRecord,
  };
}

/** Turns off what the recommended rules replace. It names no plugin: those that are not there are none the worse for it. */
function dedupe(): Linter.Config {
  const ours = cards.filter(card => card.preset === "recommended");
  const off = ours.flatMap(card => replaced[card.id] ?? []).map(id => [id, "off"]);
  return { name: "review/dedupe", rules: Object.fromEntries(off) as Linter.RulesRecord };
}
