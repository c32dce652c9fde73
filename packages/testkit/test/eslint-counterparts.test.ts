/** The names of ours that a comment for ESLint stands for are names of rules. */
import { ESLINT_COUNTERPARTS } from "@review/findings";
import { rules } from "@review/rules";
import { expect, it } from "vitest";

it("knows a rule of ours by each name", () => {
  const known = new Set(rules.map(({ id }) => id));
  const unknown = Object.values(ESLINT_COUNTERPARTS)
    .flat()
    .filter(id => !known.has(id));
  expect(unknown).toEqual([]);
});
