/** Reports results of lookups that are used as if they were there, though they say by themselves that they may not be. */
import {
  absenceOf,
  collectionCheckOf,
  defineRule,
  isWrittenNull,
  quoted,
  uncheckedUseOf,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  SyntaxKind,
  type AsExpression,
  type CallExpression,
  type ElementAccessExpression,
  type Node,
} from "@review/program/syntax";
import { matchedPattern } from "./matches.ts";
import { checkChildren } from "./children.ts";
import { checkCast } from "./casts.ts";
import { checkedElsewhere } from "./elsewhere.ts";
import { externalLookup } from "./external.ts";
import { otherCounted } from "./other-list.ts";
import { uncountedPart, type UncountedPart } from "./parts.ts";
import { checkReference, isDereferenced } from "./references.ts";
import { checkSent } from "./sent.ts";
import { takenOut } from "./taken.ts";

const rule: Rule = defineRule({
  id: "unchecked-lookup",
  summary: "The result of a lookup is used unchecked, though the code says that it may be null or undefined.",
  category: "nullness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Check the result before it is used, or use `?.`.",
  listen: pass => ({
    *[SyntaxKind.ElementAccessExpression](element: ElementAccessExpression) {
      if (pass.file.isTest) return;
      const part = uncountedPart(pass.scopes(), element);
      if (part) reportPart(pass, element, part);
      else if (!reportOtherList(pass, element) && !reportElsewhere(pass, element) && !reportTaken(pass, element))
        yield* checkExternal(pass, element);
    },
    [SyntaxKind.AsExpression]: (cast: AsExpression) => checkCast(pass, cast),
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const { file } = pass;
      if (file.isTest) return;
      if (isDereferenced(call)) yield* checkReference(pass, call);
      yield* checkChildren(pass, call);
      yield* checkSent(pass, call);
      if (reportTaken(pass, call)) return;
      const isStrict = file.isChecked && file.strictNullChecks;
      // Elsewhere `lookup-checked-elsewhere` compares the places.
      if (isStrict && reportElsewhere(pass, call)) return;
      if (isStrict && call.parent.kind !== SyntaxKind.NonNullExpression) return;
      const use = uncheckedUseOf(pass.scopes(), call);
      if (use) yield* isStrict ? reportAsserted(pass, call, use) : reportNull(pass, call, use);
    },
  }),
});
export default rule;

/** `listeners.get(key)!`, where another function checks what it gets of the same collection. */
function* reportAsserted(pass: Pass, call: CallExpression, use: Node): Ask<void> {
  const { sourceFile } = pass.file;
  const check = collectionCheckOf(pass.scopes(), sourceFile, call);
  const reasons = check && (yield* absenceOf(pass, call));
  if (!reasons) return;
  pass.report(use, {
    message: `${quoted(call, sourceFile)} may find nothing, which is checked elsewhere, but its result is used unchecked here.`,
    evidence: [
      ...reasons,
      { at: check, message: `${quoted(check, sourceFile)} is checked here.` },
      { at: use, message: "This throws where the result is null or undefined." },
    ],
  });
}

/** Functions that give null on purpose, and patterns whose matches are asked for all at once. */
function* reportNull(pass: Pass, call: CallExpression, use: Node): Ask<void> {
  const { sourceFile } = pass.file;
  const pattern = matchedPattern(call);
  const reasons = pattern
    ? [{ at: pattern, message: "Where nothing matches, this gives null and no empty list." }]
    : yield* absenceOf(pass, call);
  if (!reasons || !(pattern || isWrittenNull(reasons))) return;
  pass.report(use, {
    message: `${quoted(call, sourceFile)} may give null, and its result is used unchecked here.`,
    evidence: [...reasons, { at: use, message: "This throws where the result is null." }],
  });
}

function* checkExternal(pass: Pass, element: ElementAccessExpression): Ask<void> {
  const found = yield* externalLookup(pass, element);
  if (!found) return;
  const { use, evidence } = found;
  pass.report(use, {
    message: `${quoted(element, pass.file.sourceFile)} is undefined for a key that the table lacks, and its result is used unchecked here.`,
    evidence: [...evidence, { at: use, message: "This throws where there is none." }],
  });
}

/** `params[i]` with the `i` of `args.length - 1`: the two lists need not be of one length. */
function reportOtherList(pass: Pass, element: ElementAccessExpression): boolean {
  const counted = otherCounted(pass.scopes(), element);
  const use = counted && uncheckedUseOf(pass.scopes(), element);
  if (!use) return false;
  const { sourceFile } = pass.file;
  const [list, other] = [quoted(element.expression, sourceFile), quoted(counted, sourceFile)];
  pass.report(use, {
    message: `${quoted(element, sourceFile)} is undefined where ${list} is shorter than ${other}, which nothing asks for, but it is used unchecked here.`,
    evidence: [
      { at: counted, message: "The index is the last one of this list." },
      { at: use, message: "This throws where the other list has no such element." },
    ],
  });
  return true;
}

function reportPart(pass: Pass, element: Node, { made, use }: UncountedPart): void {
  const { sourceFile } = pass.file;
  pass.report(use, {
    message: `${quoted(element, sourceFile)} is undefined where the text has fewer parts, which nothing asks for, but it is used as if it were there.`,
    evidence: [
      { at: made, message: "The number of parts depends on the text." },
      { at: use, message: "This throws where the part is missing." },
    ],
  });
}

/** `this.pending[id].done(); delete this.pending[id]` */
function reportTaken(pass: Pass, lookup: CallExpression | ElementAccessExpression): boolean {
  const found = takenOut(pass, lookup);
  if (!found) return false;
  const { use, key, removal } = found;
  pass.report(lookup, {
    message: `${quoted(lookup, pass.file.sourceFile)} is taken out here, so that a key that comes again finds nothing, but it is used unchecked.`,
    evidence: [
      { at: key, message: "Whoever calls the function chooses the key." },
      { at: removal, message: "From here on there is no such entry." },
      { at: use, message: "This throws where there is none." },
    ],
  });
  return true;
}

/** `rooms.get(name)!.seats`, where another function that is exported asks whether there is such a room. */
function reportElsewhere(pass: Pass, lookup: CallExpression | ElementAccessExpression): boolean {
  const found = checkedElsewhere(pass, lookup);
  if (!found) return false;
  const { sourceFile } = pass.file;
  pass.report(found.use, {
    message: `${quoted(lookup, sourceFile)} may find nothing for a key that the caller chooses, which is checked elsewhere, but its result is used unchecked here.`,
    evidence: [
      { at: found.key, message: "Whoever calls the function chooses the key." },
      { at: found.check, message: `${quoted(found.check, sourceFile)} is checked here.` },
      { at: found.use, message: "This throws where the result is null or undefined." },
    ],
  });
  return true;
}
