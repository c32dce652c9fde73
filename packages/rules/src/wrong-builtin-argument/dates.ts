/** Arguments of `new Date`, `new Set` and `new Map`. */
import { isGlobal, literalValue, quoted, unwrapped, type Ask, type Constant, type Pass } from "@review/analysis";
import { isArrayLiteralExpression, isIdentifier, type Expression, type NewExpression } from "@review/program/syntax";

export function* checkDates(pass: Pass, node: NewExpression): Ask<void> {
  const callee = unwrapped(node.expression);
  const [first, ...others] = node.arguments ?? [];
  if (!isIdentifier(callee) || !first || !CLASSES.has(callee.text) || pass.file.isTest) return;
  const fault = callee.text === "Date" ? ofDate(first, others) : ofMap(first);
  if (!fault || !(yield* isGlobal(pass.checker, callee, callee.text))) return;
  pass.report(fault.at, {
    message: fault.message,
    evidence: [{ at: fault.at, message: `This is ${quoted(fault.at, pass.file.sourceFile)}.` }],
  });
}

const CLASSES: ReadonlySet<string> = new Set(["Date", "Map", "WeakMap"]);

interface Wrong {
  readonly at: Expression;
  readonly message: string;
}

/** A text in the form of a date that is none, or the name of a month where its number belongs. */
function ofDate(first: Expression, others: readonly Expression[]): Wrong | undefined {
  if (others.length > 0) return ofNumbers(others);
  const text = literalValue(first);
  if (typeof text !== "string" || !/^\d{4}-\d{1,2}(?:-\d{1,2})?(?:[T ]|$)/.test(text) || !isNoDate(text))
    return undefined;
  return { at: first, message: "There is no such date: the result is invalid, and all its numbers are NaN." };
}

/** `new Date(2024, "May")`, `new Date(2024, 4, 1, "23:59")`. */
function ofNumbers(others: readonly Expression[]): Wrong | undefined {
  const index = others.findIndex(each => isWord(literalValue(each)));
  const at = others[index];
  if (!at) return undefined;
  const what = index === 0 ? "the number of the month" : "a number";
  const given = index === 0 ? "its name" : "other text";
  return { at, message: `\`new Date\` takes ${what} here: with ${given} the date is invalid.` };
}

function isWord(value: Constant | undefined): boolean {
  return typeof value === "string" && Number.isNaN(Number(value));
}

/** Engines differ on what is no ISO date; the numbers alone decide here. */
function isNoDate(text: string): boolean {
  const [year = 0, month = 1, day = 1] = text.split(/[T ]/)[0]?.split("-").map(Number) ?? [];
  return month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `new Map(["a", 1])`: a map takes pairs. */
function ofMap(first: Expression): Wrong | undefined {
  const list = unwrapped(first);
  if (!isArrayLiteralExpression(list) || list.elements.length === 0) return undefined;
  const isFlat = list.elements.some(element => literalValue(element) !== undefined);
  return isFlat
    ? { at: first, message: "A map is made of pairs, `[[key, value]]`: for another element it throws a TypeError." }
    : undefined;
}
