/** Reports classes whose characters are not the ones that they show: halves of a pair, marks, and the range `A-z`. */
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
import { misreadIn } from "./outside.ts";
import { splitIn } from "./sequences.ts";

const rule: Rule = defineRule({
  id: "regex-misleading-class",
  summary: "A character class matches other characters than the ones that it shows.",
  category: "regex",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Set the flag `u`, or write what is more than one character as an alternative: `(?:👨‍👩‍👦|x)`.",
  listen: pass =>
    onRegex(pass, regex => {
      if (!regex.parsed) return;
      check(pass, regex, regex.parsed);
      for (const { start, end, message, because } of misreadIn(regex.parsed)) {
        const at = regex.placeOf({ start, end });
        pass.report(at, { message, evidence: [{ at, message: because }], fixes: fixesFor(regex, regex.parsed.flags) });
      }
    }),
});
export default rule;

function check(pass: Pass, regex: Regex, { pattern, flags }: ParsedRegex): void {
  visitRegExpAST(pattern, {
    onCharacterClassEnter(node) {
      if (regex.from === "literal") checkBackslash(pass, regex, node);
      checkBackspace(pass, regex, node);
      const found = splitIn(node);
      if (!found) return;
      const { start, end, isPair } = found;
      const shown = regex.pattern.slice(start, end);
      pass.report(regex.placeOf({ start, end }), {
        message: isPair
          ? `Without the flag \`u\` the class takes \`${shown}\` apart: it matches one half of it at a time.`
          : `\`${shown}\` is more than one character: the class matches each of its parts alone, and never the whole.`,
        evidence: [{ at: regex.placeOf(node), message: `The class lists ${partsOf(shown, isPair)}.` }],
        // With the flag, a backslash before the picture would be an error.
        fixes: isPair && !/^\\[^u]/.test(shown) ? fixesFor(regex, flags) : [],
      });
    },
    onCharacterClassRangeEnter(node) {
      if (!isAcrossCases(node)) return;
      pass.report(regex.placeOf(node), {
        message: `\`${node.raw}\` has more than letters: \`[\`, \`\\\`, \`]\`, \`^\`, \`_\` and the backtick lie between \`Z\` and \`a\`.`,
        evidence: [{ at: regex.placeOf(node), message: "A range goes by the numbers of characters." }],
        repair: "Write both ranges: `A-Za-z`.",
      });
    },
  });
}

/** `[\b\s]`: in a class this is the character of the backspace key, which nobody looks for beside blanks and signs. */
function checkBackspace(pass: Pass, regex: Regex, { elements }: RegexAST.CharacterClass): void {
  const backspace = elements.find(({ raw }) => raw === "\\b");
  if (!backspace || elements.length < 2 || elements.some(isOtherControl)) return;
  const at = regex.placeOf(backspace);
  pass.report(at, {
    message: "In a class `\\b` is the backspace character, and no boundary of a word.",
    evidence: [{ at, message: "A class matches one character." }],
    repair: "Write an alternative outside of the class: `(?:\\b|[…])`.",
  });
}

/** `\n`, `\x08`: who lists characters that cannot be seen means this one too. */
function isOtherControl({ type, raw }: RegexAST.Node): boolean {
  return type === "Character" && raw !== "\\b" && /^\\[a-z\d]/i.test(raw);
}

/** `[\\w]` in a literal, where nothing takes a backslash away: a backslash and a letter, which nobody looks for together. */
function checkBackslash(pass: Pass, regex: Regex, node: RegexAST.CharacterClass): void {
  const found = escapedTwice(node);
  if (!found) return;
  const [backslash, letter] = found;
  pass.report(regex.placeOf({ start: backslash.start, end: letter.end }), {
    message: `\`\\\\${letter.raw}\` is a backslash and the letter \`${letter.raw}\`: a literal needs no second backslash before \`\\${letter.raw}\`.`,
    evidence: [{ at: regex.placeOf(node), message: "The class lists single characters." }],
    repair: `Write \`\\${letter.raw}\`.`,
    fixes: [
      {
        title: `Write \`\\${letter.raw}\``,
        safety: "suggested",
        edits: [{ at: regex.placeOf(backslash), text: "\\" }],
      },
    ],
  });
}

/** A backslash right before the letter of a set, where the class has no other letter. */
function escapedTwice({
  elements,
}: RegexAST.CharacterClass): readonly [RegexAST.Character, RegexAST.Character] | undefined {
  const letters = elements.filter(element => element.type === "Character" && /^[A-Za-z]$/.test(element.raw));
  const [letter] = letters;
  if (letters.length !== 1 || letter?.type !== "Character" || !/^[dswDSW]$/.test(letter.raw)) return undefined;
  const before = elements[elements.indexOf(letter) - 1];
  return before?.type === "Character" && before.raw === "\\\\" ? [before, letter] : undefined;
}

/** `A-z` and its like: from one case into the other. */
function isAcrossCases({ min, max }: RegexAST.CharacterClassRange): boolean {
  return /^[A-Z]$/.test(min.raw) && /^[a-z]$/.test(max.raw);
}

function partsOf(shown: string, isPair: boolean): string {
  const parts = isPair ? shown.split("") : Array.from(shown);
  const names = parts.map(part => `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function fixesFor({ from, node }: Regex, flags: RegexAST.Flags): readonly ReportedFix[] {
  if (from !== "literal") return [];
  const edits = [{ at: { start: node.end - flags.raw.length, end: node.end }, text: `${flags.raw}u` }];
  return [{ title: "Add the flag `u`", safety: "suggested", edits }];
}
