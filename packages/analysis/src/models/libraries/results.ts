/** Libraries that give success and failure as values: what makes one does nothing else. */
import type { Library } from "../facts.ts";
import { exportsOf, FRESH } from "../rows.ts";

const UNCHECKED = "its few names were looked up in its sources, and nothing else needs the package";

export const fpTs: Library = {
  name: "fp-ts",
  versions: ">=2 <3",
  unchecked: UNCHECKED,
  models: ["fp-ts", "fp-ts/lib"].flatMap(root => [
    exportsOf(`${root}/Either`, "left right", FRESH),
    exportsOf(`${root}/TaskEither`, "left right", FRESH),
    exportsOf(`${root}/Option`, "some", FRESH),
  ]),
};

export const neverthrow: Library = {
  name: "neverthrow",
  versions: ">=4 <9",
  unchecked: UNCHECKED,
  models: [exportsOf("neverthrow", "ok err okAsync errAsync", FRESH)],
};
