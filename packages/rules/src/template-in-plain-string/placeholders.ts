/** The placeholders of a text that is written as a template. */

export interface Placeholder {
  /** What stands between the braces. */
  readonly code: string;
  /** The name that it starts with. */
  readonly root: string;
  /** The member of it that is read first. */
  readonly member: string | undefined;
}

const PLACEHOLDER = /\$\{([^{}]*)\}/g;
const CODE =
  /^\s*([A-Za-z_$][\w$]*)((?:\??\.[A-Za-z_$][\w$]*|\[[\w$'".]+\]|\([\w$'"., ]*\))*)\s*(?:(?:[-+*/]|\?\?|\|\|)\s*[\w$'".]+\s*|\?[\w$'" .,-]+:[\w$'" .,-]+)?$/;

/** `12 * 60`; a number alone is a place in a snippet of an editor. */
const CALCULATION = /^\s*[\d._]+(?:\s*[-+*/]\s*[\d._]+)+\s*$/;

/** The calculation of a text whose placeholders are numbers alone. */
export function calculationIn(text: string): string | undefined {
  const codes = [...text.matchAll(PLACEHOLDER)].map(([, code = ""]) => code);
  return codes.every(code => CALCULATION.test(code)) ? codes[0] : undefined;
}

/** The placeholders of a text, at least one; undefined where there is none, or one that is no simple expression. */
export function placeholdersIn(text: string): readonly Placeholder[] | undefined {
  const found: Placeholder[] = [];
  for (const [, code = ""] of text.matchAll(PLACEHOLDER)) {
    const [, root, rest = ""] = CODE.exec(code) ?? [];
    if (root === undefined && CALCULATION.test(code)) continue;
    if (root === undefined) return undefined;
    found.push({ code, root, member: /^\??\.([A-Za-z_$][\w$]*)/.exec(rest)?.[1] });
  }
  return found.length > 0 ? found : undefined;
}
