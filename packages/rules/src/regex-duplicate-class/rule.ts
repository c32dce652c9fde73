/** Reports a character that a class has twice, where another one or no class at all was meant. */
import {
  defineRule,
  onRegex,
  regexUses,
  visitRegExpAST,
  type ParsedRegex,
  type Pass,
  type Regex,
  type RegexAST,
  type Rule,
} from "@review/analysis";
import { coveredIn, duplicateIn, overlapIn, wordIn, type Element } from "./duplicates.ts";

const rule: Rule = defineRule({
  id: "regex-duplicate-class",
  summary: "A character class names a character that it already has.",
  category: "regex",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the character that was meant in its place, or remove it; for words, write a group: `(?:one|two)`.",
  listen: pass =>
    onRegex(pass, regex => {
      if (regex.parsed && regex.pattern.includes("[")) check(pass, regex, regex.parsed);
    }),
});
export default rule;

function check(pass: Pass, regex: Regex, { pattern, flags }: ParsedRegex): void {
  visitRegExpAST(pattern, {
    onCharacterClassEnter(node) {
      if (node.unicodeSets) return;
      const found = duplicateIn(node, flags) ?? coveredIn(node, flags) ?? overlapIn(node);
      if (!found || isTemplate(pass, regex)) return;
      report(pass, regex, node, ...found);
    },
  });
}

function report(pass: Pass, regex: Regex, node: RegexAST.CharacterClass, first: Element, second: Element): void {
  const isSame = first.type === "Character";
  const word = wordIn(node);
  pass.report(regex.placeOf(second), {
    message: word
      ? `\`${shortened(node.raw)}\` is one character out of these letters, and not the text \`${shortened(word)}\`.`
      : `\`${second.raw}\` is in \`${shortened(node.raw)}\` already${isSame ? "" : `, as a part of \`${first.raw}\``}.`,
    evidence: [
      { at: regex.placeOf(first), message: isSame ? "Here it is for the first time." : "It is a part of this." },
    ],
  });
}

/** A pattern from which code makes others by putting something in place of a name in it. */
function isTemplate(pass: Pass, regex: Regex): boolean {
  return regexUses(pass, regex) === undefined && /\.source\b|getRegex\(/.test(pass.file.text);
}

function shortened(raw: string): string {
  const line = raw.replaceAll("`", "'");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
