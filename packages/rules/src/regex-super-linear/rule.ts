/** Reports patterns that take time out of all proportion to a text which someone may send. */
import { defineRule, onRegex, type ParsedRegex, type Pass, type Regex, type Rule } from "@review/analysis";
import { witnessOf, type Witness } from "./witness.ts";

const rule: Rule = defineRule({
  id: "regex-super-linear",
  summary: "A pattern backtracks so often that a short text keeps the program busy for minutes.",
  category: "regex",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Make sure that one text can be matched in one way only: let the parts that repeat begin with what the others cannot.",
  listen: pass =>
    onRegex(pass, regex => {
      if (regex.parsed) check(pass, regex, regex.parsed);
    }),
});
export default rule;

function check(pass: Pass, regex: Regex, parsed: ParsedRegex): void {
  const witness = witnessOf(parsed);
  // A test takes texts of its own, and waits for seconds at most.
  if (!witness || (witness.growth === "cubic" && pass.file.isTest)) return;
  pass.report(regex.node, {
    message: `On \`${textOf(witness)}\` ${growthOf(witness)}.`,
    evidence: witness.parts.map((part, index) => ({
      at: regex.placeOf(part),
      message: index === 0 ? "This repeats, and takes the repeated characters." : "So does this.",
    })),
  });
}

function growthOf({ growth, pump }: Witness): string {
  return growth === "exponential"
    ? `this pattern backtracks exponentially: each \`${shown(pump)}\` more multiplies the steps`
    : "the steps of this pattern grow with the cube of `n`: a few thousand characters take seconds";
}

/** The witness as an expression. */
function textOf({ prefix, pump, suffix }: Witness): string {
  const parts = [prefix, suffix].map(each => (each === "" ? "" : JSON.stringify(each)));
  const [before = "", after = ""] = parts;
  return [before, `${JSON.stringify(pump)}.repeat(n)`, after]
    .filter(each => each !== "")
    .join(" + ")
    .replaceAll("`", "'");
}

function shown(pump: string): string {
  return pump === "`" ? "'" : JSON.stringify(pump).slice(1, -1);
}
