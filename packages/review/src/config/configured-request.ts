/** What a configuration means for a review. */
import type { Severity } from "@review/findings";
import type { ReviewRequest } from "../request.ts";
import type { RuleSettings } from "./config.ts";
import type { LoadedConfig } from "./load-config.ts";

/** The parts of a request that a configuration decides; what it leaves out is left out. */
export function configuredRequest({
  config,
  folder,
}: LoadedConfig): Required<Pick<ReviewRequest, "rules" | "sources" | "models">> {
  const { preset, rules = {}, ignore = [], overrides = [], models = [] } = config;
  return {
    rules: {
      preset,
      settings: severitiesOf(rules),
      overrides: overrides.map(override => ({ files: override.files, settings: severitiesOf(override.rules) })),
      base: folder,
    },
    sources: { ignore, ignoreBase: folder },
    models,
  };
}

function severitiesOf(rules: RuleSettings): Readonly<Record<string, "off" | Severity>> {
  return Object.fromEntries(
    Object.entries(rules).flatMap(([id, setting]) => {
      if (setting === undefined) return [];
      return [[id, typeof setting === "string" ? setting : setting[0]]];
    }),
  );
}
