/** Reports elements that are set, and set again by one of the next statements before anything can read them. */
import { defineRule, isSameCode, quoted, type Ask, type Pass, type Rule } from "@review/analysis";
import { SyntaxKind, type Block, type CaseClause, type SourceFile } from "@review/program/syntax";
import { undoneIn, type Undone } from "./converted.ts";
import { elementSetBy, isKnownCollection, mayRead, type ElementSet } from "./sets.ts";

const rule: Rule = defineRule({
  id: "overwritten-element",
  summary: "The same element of a collection or object is set twice, and nothing reads it in between.",
  category: "assignments",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Set the element that was meant by one of the two, or take the first away.",
  listen: pass => {
    const listener = (node: Block | CaseClause | SourceFile): Ask<void> => check(pass, node);
    return {
      [SyntaxKind.Block]: listener,
      [SyntaxKind.CaseClause]: listener,
      [SyntaxKind.DefaultClause]: listener,
      [SyntaxKind.SourceFile]: listener,
    };
  },
});
export default rule;

/** Runs of statements that do nothing but set elements: anything else might read them. */
function* check(pass: Pass, { statements }: Block | CaseClause | SourceFile): Ask<void> {
  const undone = undoneIn(pass, statements);
  if (undone) reportUndone(pass, undone);
  let run: ElementSet[] = [];
  for (const statement of statements) {
    const set = elementSetBy(pass, statement);
    if (!set) {
      run = [];
      continue;
    }
    run = run.filter(earlier => !mayRead(pass, earlier, set));
    const first = run.find(earlier => isSameElement(pass, earlier, set));
    if (first && (yield* isKnownCollection(pass, set))) report(pass, first, set);
    run = [...run.filter(earlier => earlier !== first), set];
  }
}

function isSameElement(pass: Pass, one: ElementSet, other: ElementSet): boolean {
  const { sourceFile } = pass.file;
  if (one.how !== other.how || !isSameCode(one.object, other.object, sourceFile)) return false;
  if (typeof one.key === "string" || typeof other.key === "string") return one.key === other.key;
  return isSameCode(one.key, other.key, sourceFile);
}

function report(pass: Pass, first: ElementSet, second: ElementSet): void {
  const { sourceFile } = pass.file;
  const key = typeof second.key === "string" ? `\`${second.key}\`` : quoted(second.key, sourceFile);
  pass.report(second.place, {
    message: `The element ${key} of ${quoted(second.object, sourceFile)} was set just before, and is overwritten unread.`,
    evidence: [
      { at: first.place, message: "Here it is set." },
      { at: second.place, message: "Here it is set again." },
    ],
  });
}

function reportUndone(pass: Pass, { first, second, source }: Undone): void {
  const { sourceFile } = pass.file;
  pass.report(second, {
    message: `${quoted(second, sourceFile)} was set to what was made of ${quoted(source, sourceFile)}, and is overwritten with the latter, unread.`,
    evidence: [
      { at: first, message: "Here the converted value is set." },
      { at: second, message: "Here it is undone." },
    ],
    repair: "Leave the second assignment out, or set what was meant by it.",
  });
}
