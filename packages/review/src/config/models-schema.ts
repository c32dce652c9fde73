/** What a configuration may say of functions: the tables' own vocabulary (`packages/analysis/src/models/facts.ts`). */
import type { ArgumentFacts, Facts, Model } from "@review/analysis";
import { z } from "zod";

const yesOrNo = z.enum(["no", "yes"]).exactOptional();
const unit = z.enum(["ns", "us", "ms", "s", "min", "h", "d"]).exactOptional();
const isTrue = z.boolean().exactOptional();
const text = z.string().min(1);
const position = z.int().min(0);

const argument: z.ZodType<ArgumentFacts> = z.strictObject({
  called: z.enum(["once", "maybe", "many"]).exactOptional().describe("How often a function passed here is called."),
  when: z.enum(["now", "later"]).exactOptional().describe("Whether that is before the call returns."),
  errorFirst: isTrue.describe("It is called with an error or null first, then the results."),
  catches: isTrue.describe("What the passed function throws does not leave the call."),
  promise: z.enum(["ignored", "awaited", "returned"]).exactOptional().describe("What becomes of its promise."),
  uses: z
    .array(
      z.enum([
        ...(["called", "settled", "released", "stored", "awaited", "returned", "tested"] as const),
        ...(["stringified", "compared", "spread", "mutated"] as const),
      ]),
    )
    .exactOptional()
    .describe("What is done with the argument."),
  unit,
});

const facts: z.ZodType<Facts> = z.strictObject({
  throws: yesOrNo.describe("Whether a call may throw before it returns."),
  rejects: yesOrNo.describe("Whether its promise may be rejected."),
  ends: z.enum(["throws", "exits"]).exactOptional().describe("It never returns."),
  pure: isTrue.describe("Nothing but the result of a call matters."),
  changes: z
    .union([z.literal("receiver"), z.array(position)])
    .exactOptional()
    .describe("All that it changes: what it is called on, or the arguments at these positions."),
  returns: z
    .strictObject({
      fresh: isTrue.describe("A new object at every call."),
      absent: z.enum(["null", "undefined", "-1"]).exactOptional().describe('What stands for "there is none".'),
      same: z.union([z.literal("receiver"), position]).exactOptional(),
      unit,
    })
    .exactOptional(),
  takes: z
    .record(z.string().regex(/^(?:\d+|\*)$/), argument)
    .exactOptional()
    .describe("By position from 0, or `*`."),
  response: z.enum(["ends", "writes"]).exactOptional().describe("What it does to the HTTP response it is called on."),
  acquires: z
    .strictObject({ releasedBy: z.array(text).min(1) })
    .exactOptional()
    .describe("The result is to be released by one of these."),
  releases: z.union([z.literal("receiver"), position]).exactOptional(),
  mayFloat: isTrue.describe("Its promise may be left alone."),
});

const place = {
  members: z.array(text).min(1).describe("Names as they are called; `new X`, `default`, dots for members."),
  facts,
};

/** One place, and what is known of functions there. */
export const model: z.ZodType<Model> = z
  .strictObject({
    module: text.exactOptional().describe("The package that exports them, or that declares the owner."),
    owner: text.exactOptional().describe("The class or interface that has them."),
    global: z.string().exactOptional().describe("The global object; empty for global functions."),
    ...place,
  })
  .refine(({ module, owner, global }) => (module ?? owner ?? global) !== undefined, {
    message: "it needs a `module`, an `owner` or a `global`",
  });
