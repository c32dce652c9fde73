/**
 * The one definition of what a configuration may hold: it checks configurations and becomes their JSON Schema.
 * The schema library takes a while to load, so this file is imported only when there is something to check.
 */
import type { RuleDescriptor } from "@review/reporters";
import { z } from "zod";
import { catalogue } from "../select-rules.ts";
import type { Config } from "./config.ts";
import { model } from "./models-schema.ts";
import { suggest } from "./suggest-schema.ts";
import { describeIssue, type ConfigProblem } from "./describe-issue.ts";

export type CheckedConfig =
  { readonly kind: "valid"; readonly config: Config } | { readonly kind: "invalid"; readonly problem: ConfigProblem };

/** Whether a value is a configuration; if not, the first thing that is wrong with it. */
export function checkConfig(value: unknown): CheckedConfig {
  const rules = catalogue();
  const result = configSchema(rules).safeParse(value);
  if (result.success) return { kind: "valid", config: result.data };
  const problem = describeIssue(
    result.error.issues,
    value,
    rules.map(rule => rule.id),
  );
  return { kind: "invalid", problem };
}

/** The JSON Schema (draft-07) of a configuration, as the text of the file that ships with this package. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema(catalogue()), { io: "input", target: "draft-07" });
  const text = JSON.stringify({ title: "Configuration of review", ...schema }, null, 2);
  // Short lists on one line, as the formatter of this repository writes them.
  return `${text.replace(/\[\s+([^[\]{}\s][^[\]{}]{0,89}?)\s+\]/g, (_, list: string) => `[${list.replace(/\s*\n\s*/g, " ")}]`)}\n`;
}

const severity = z.enum(["error", "warning", "info"]);

const setting = z
  .union([z.enum(["off", ...severity.options]), z.tuple([severity, z.strictObject({})])])
  .meta({ id: "setting", description: "Off, a severity, or a severity with the rule's options." });

const pullRequest = z.strictObject({
  maxInline: z.number().int().min(0).max(30).optional().describe("Open inline comments at most. Default: 10."),
  minSeverity: severity.optional().describe("The lowest severity that is told. Default: warning."),
  failOn: z
    .enum([...severity.options, "never"])
    .optional()
    .describe("From this severity up a new finding makes the check fail. Default: error."),
  resolveFixed: z
    .enum(["resolve", "minimize", "delete", "off"])
    .optional()
    .describe("What becomes of a thread whose finding is gone. Default: resolve."),
  summary: z.enum(["sticky", "check-only", "off"]).optional().describe("Where the summary stands. Default: sticky."),
  notReviewed: z
    .enum(["neutral", "failure"])
    .optional()
    .describe("What the check concludes when there was no review. Default: neutral."),
  draft: z.boolean().optional().describe("Whether drafts are reviewed. Default: false."),
  skipLabel: z.string().min(1).optional().describe("Such pull requests are left alone. Default: review:skip."),
});

const globs = z.array(z.string().min(1));

function configSchema(rules: readonly RuleDescriptor[]): z.ZodType<Config> {
  const settings = z.strictObject(
    Object.fromEntries(rules.map(({ id, summary }) => [id, setting.optional().describe(summary)])),
  );
  return z.strictObject({
    $schema: z.string().optional().describe("Where the JSON Schema of this file is."),
    preset: z
      .enum(["recommended", "refactor", "preview", "all"])
      .optional()
      .describe("Which rules are on before `rules` is read; each holds the ones before it. Default: recommended."),
    rules: settings.optional().describe("Settings by rule id."),
    ignore: globs.optional().describe("Globs of files that are not reviewed, relative to this file's folder."),
    overrides: z
      .array(
        z.strictObject({
          files: globs.describe("Globs relative to this file's folder."),
          rules: settings.describe("Settings for these files; of several overrides the last one decides."),
        }),
      )
      .optional()
      .describe("Settings for some files."),
    pr: pullRequest.optional().describe("How the pull-request bot behaves; it reads this of the base branch alone."),
    models: z
      .array(model)
      .optional()
      .describe("What functions do that the built-in tables do not know, or know otherwise; these win."),
    suggest: suggest.optional().describe("How a model is asked, where the command line asks for it."),
    verify: z
      .strictObject({
        allowApiChange: z
          .boolean()
          .optional()
          .describe("Whether a fix may change exports and signatures if the model says so. Default: false."),
      })
      .optional()
      .describe("What a model's fix must stand before it is shown."),
  });
}
