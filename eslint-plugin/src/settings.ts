/** What a configuration may say to the plugin as a whole, under `settings.review`. */
import type { Model } from "@review/analysis";

/** Settings that hold for all rules. */
export interface ReviewSettings {
  /** Whether messages go on with the facts that they rest on, a line each; false if absent. */
  readonly evidence?: boolean;
  /** Milliseconds that one file may take before its findings are given up; 10 000 if absent, and thrice that at first. */
  readonly deadlineMs?: number;
  /** What is to be known of functions that the tables do not know, or know otherwise: the `models` of `review.config.json`. */
  readonly models?: readonly Model[];
}

/** The settings of a run; what is not of the right type counts as absent. */
export function settingsOf(settings: Readonly<Record<string, unknown>>): Required<ReviewSettings> {
  const { evidence, deadlineMs, models } = Object(settings["review"]) as Record<string, unknown>;
  return {
    evidence: evidence === true,
    deadlineMs: typeof deadlineMs === "number" && deadlineMs > 0 ? deadlineMs : 10_000,
    models: Array.isArray(models) ? models.filter(isModel) : [],
  };
}

function isModel(value: unknown): value is Model {
  const { members, facts } = Object(value) as Record<string, unknown>;
  const isNamed = Array.isArray(members) && members.every(member => typeof member === "string");
  return isNamed && typeof facts === "object" && facts !== null;
}
