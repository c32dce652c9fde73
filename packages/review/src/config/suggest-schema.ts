/** What a configuration may say of asking a model. The address and the key of the server are not its business. */
import { z } from "zod";
import type { SuggestConfig } from "./config.ts";

const amount = z.number().min(0);
const count = z.int().min(1);

/** The key `suggest`. */
export const suggest: z.ZodType<SuggestConfig> = z.strictObject({
  model: z.string().min(1).optional().describe("The model that is asked; REVIEW_MODEL and --model win."),
  language: z.string().min(1).optional().describe("The language of the model's explanations."),
  concurrency: z.int().min(1).max(32).optional().describe("Requests under way at a time. Default: 4."),
  outputTokens: z.int().min(16).optional().describe("The longest answer in tokens, reasoning included. Default: 2048."),
  contextTokens: z
    .int()
    .min(256)
    .optional()
    .describe("What the model takes in all, in tokens; longer prompts are shortened. Default: learnt from the server."),
  budget: z
    .strictObject({
      usd: amount.optional().describe("US dollars; needs the model's price."),
      tokens: count.optional().describe("Tokens, in and out."),
      requests: count.optional().describe("Requests, repeated ones included."),
    })
    .optional()
    .describe("What one run may spend; --budget wins."),
  prices: z
    .record(
      z.string(),
      z.strictObject({
        input: amount.describe("US dollars for a million tokens sent."),
        output: amount.describe("US dollars for a million tokens answered."),
        cachedInput: amount.optional().describe("The same for tokens that the provider had cached."),
      }),
    )
    .optional()
    .describe("Prices by the name of the model; without its price only tokens are told."),
});
