/** The language's promises. What becomes of a rejection on its way through them, the summaries know by themselves. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { constructors, FRESH, membersOf, staticsOf } from "../rows.ts";

const HANDLER: ArgumentFacts = { called: "maybe", when: "later", promise: "awaited" };
const AWAITED: ArgumentFacts = { promise: "awaited", uses: ["awaited"] };
const COMBINES: Facts = { ...FRESH, takes: { 0: AWAITED } };

export const promises: Library = {
  name: "promises",
  versions: "ES2015 - ES2024",
  models: [
    ...membersOf("Promise PromiseLike", "then", { ...FRESH, takes: { "*": HANDLER } }),
    ...membersOf("Promise", "catch finally", { ...FRESH, takes: { "*": HANDLER } }),
    staticsOf("Promise", "all race any", COMBINES),
    staticsOf("Promise", "allSettled", { ...COMBINES, rejects: "no" }),
    staticsOf("Promise", "resolve", { ...FRESH, takes: { 0: { promise: "returned", uses: ["returned"] } } }),
    staticsOf("Promise", "reject", { ...FRESH, rejects: "yes", takes: { 0: { uses: ["stored"] } } }),
    staticsOf("Promise", "withResolvers", FRESH),
    constructors("Promise", {
      ...FRESH,
      takes: { 0: { called: "once", when: "now", catches: true, promise: "ignored" } },
    }),
  ],
};
