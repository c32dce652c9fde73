/**
 * What a model's fix must stand beyond compiling: it writes where its finding is, silences no checker, takes nothing away,
 * uses nothing that does not exist, and leaves alone what others rely on. A rule's own fix is written by us and needs none of it.
 */
import type { DraftFinding } from "@review/findings";
import type { Check } from "../verdict.ts";
import type { ChangedFile } from "./change.ts";
import { addedHatches } from "./hatches.ts";
import { lossOf } from "./losses.ts";
import { phantomIn } from "./names.ts";
import { outOfReach } from "./reach.ts";
import { alteredSurface } from "./surface.ts";

export interface Objection {
  readonly check: Check;
  readonly because: string;
}

/** What can be said before anything is asked of the compiler: the first of it decides. */
export function objectionToText(change: ChangedFile, finding: DraftFinding): Objection | undefined {
  const reach = outOfReach(change, finding);
  if (reach !== undefined) return { check: "reach", because: reach };
  const hatches = addedHatches(change);
  if (hatches.length === 0) return undefined;
  return {
    check: "hatches",
    because: `The edit silences a checker instead of repairing the code: it adds ${hatches.join(", ")}.`,
  };
}

export interface MeaningOptions {
  /** Whether the compiler leaves the file's types alone. */
  readonly isUnchecked: boolean;
  readonly dependencies: ReadonlySet<string> | undefined;
  /** Whether exports and signatures may change. */
  readonly mayChangeApi: boolean;
}

/** What takes the compiler's answers about names and exports. */
export function objectionToMeaning(
  change: ChangedFile,
  finding: DraftFinding,
  { isUnchecked, dependencies, mayChangeApi }: MeaningOptions,
): Objection | undefined {
  const phantom = phantomIn(change, isUnchecked, dependencies);
  if (phantom !== undefined) return { check: "names", because: phantom };
  const loss = lossOf(change, finding);
  if (loss !== undefined) return { check: "losses", because: loss };
  if (mayChangeApi) return undefined;
  const surface = alteredSurface(change, finding);
  return surface === undefined ? undefined : { check: "surface", because: surface };
}

export { changedFile, type ChangedFile } from "./change.ts";
