/** Libraries that give success and failure as values: what makes one does nothing else. */
import type { Library } from "../facts.ts";
import { exportsOf, FRESH } from "../rows.ts";

export const fpTs: Library = {
  name: "fp-ts",
  versions: ">=2 <3",
  models: ["fp-ts", "fp-ts/lib"].flatMap(root => [
    exportsOf(`${root}/Either`, "left right of fromNullable fromOption", FRESH),
    exportsOf(`${root}/TaskEither`, "left right of", FRESH),
    exportsOf(`${root}/Option`, "some none of fromNullable", FRESH),
    exportsOf(`${root}/These`, "left right both", FRESH),
  ]),
};

export const neverthrow: Library = {
  name: "neverthrow",
  versions: ">=4 <9",
  models: [exportsOf("neverthrow", "ok err okAsync errAsync", FRESH)],
};
