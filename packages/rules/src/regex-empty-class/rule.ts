/** Reports `[]` and other classes that no character is in, and `[^]` that was meant to hold a bracket. */
import {
  defineRule,
  onRegex,
  visitRegExpAST,
  type ParsedRegex,
  type Pass,
  type Regex,
  type RegexAST,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { regexParts } from "../regex-algebra.ts";

const rule: Rule = defineRule({
  id: "regex-empty-class",
  summary: "A character class has nothing in it, so that whatever follows it never matches.",
  category: "regex",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the bracket that belongs to the class with a backslash: `[\\]]`.",
  listen: pass =>
    onRegex(pass, regex => {
      if (regex.parsed) check(pass, regex, regex.parsed);
    }),
});
export default rule;

type AnyClass = RegexAST.CharacterClass | RegexAST.ExpressionCharacterClass;

function check(pass: Pass, regex: Regex, { pattern, flags }: ParsedRegex): void {
  const onClass = (node: AnyClass): void => {
    const bracket = strayBracketAfter(node);
    const isEmpty = regexParts().matchesNoCharacters(node, flags);
    if (isWhole(node) || (isEmpty ? false : !isAnything(node) || !bracket)) return;
    pass.report(regex.placeOf(node), {
      message: isEmpty
        ? `No character is in \`${node.raw}\`, so what it is a part of never matches.`
        : "`[^]` is any character at all: the first `]` closes a class, and the next one is a character of its own.",
      evidence: bracket ? [{ at: regex.placeOf(bracket), message: "This bracket closes nothing." }] : [],
      fixes: bracket && node.type === "CharacterClass" ? fixesFor(regex, node) : [],
    });
  };
  visitRegExpAST(pattern, { onCharacterClassEnter: onClass, onExpressionCharacterClassEnter: onClass });
}

function isAnything(node: AnyClass): boolean {
  return node.raw === "[^]";
}

/** A pattern that is nothing but an empty class is one that shall never match. */
function isWhole({ parent }: AnyClass): boolean {
  if (parent.type !== "Alternative" || parent.elements.length !== 1) return false;
  return parent.parent.type === "Pattern" && parent.parent.alternatives.length === 1;
}

/** The `]` further on that was meant to close the class: without the flags `u` and `v` it stands for itself. */
function strayBracketAfter(node: AnyClass): RegexAST.Character | undefined {
  const holder = node.parent.type === "Quantifier" ? node.parent : node;
  if (holder.parent.type !== "Alternative") return undefined;
  const after = holder.parent.elements.slice(holder.parent.elements.indexOf(holder) + 1);
  for (const element of after) {
    const inner = element.type === "Quantifier" ? element.element : element;
    if (inner.type === "Character" && inner.raw === "]") return inner;
    if (inner.type !== "Character" && inner.type !== "CharacterSet") return undefined;
  }
  return undefined;
}

function fixesFor(regex: Regex, node: RegexAST.CharacterClass): readonly ReportedFix[] {
  if (regex.from !== "literal") return [];
  const { end } = regex.placeOf(node);
  const edits = [{ at: { start: end - 1, end: end - 1 }, text: "\\" }];
  return [{ title: "Make the bracket a character of the class", safety: "suggested", edits }];
}
