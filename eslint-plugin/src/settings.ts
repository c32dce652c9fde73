/** What a configuration may say to the plugin as a whole, under `settings.review`. */

/** Settings that hold for all rules. */
export interface ReviewSettings {
  /** Whether messages go on with the facts that they rest on, a line each; false if absent. */
  readonly evidence?: boolean;
  /** Milliseconds that one file may take before its findings are given up; 10 000 if absent, and thrice that at first. */
  readonly deadlineMs?: number;
}

/** The settings of a run; what is not of the right type counts as absent. */
export function settingsOf(settings: Readonly<Record<string, unknown>>): Required<ReviewSettings> {
  const { evidence, deadlineMs } = Object(settings["review"]) as Record<string, unknown>;
  return {
    evidence: evidence === true,
    deadlineMs: typeof deadlineMs === "number" && deadlineMs > 0 ? deadlineMs : 10_000,
  };
}
