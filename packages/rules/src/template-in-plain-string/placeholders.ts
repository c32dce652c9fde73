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
  /^\s*([A-Za-z_$][\w$]*)((?:\??\.[A-Za-z_$][\w$]*|\[[\w$'".]+\]|\([\w$'"., ]*\))*)(?:\s*(?:[-+*/]|\?\?|\|\|)\s*[\w$'".]+)?\s*$/;

/** The placeholders of a text, at least one; undefined where there is none, or one that is no simple expression. */
export function placeholdersIn(text: string): readonly Placeholder[] | undefined {
  const found: Placeholder[] = [];
  for (const [, code = ""] of text.matchAll(PLACEHOLDER)) {
    const [, root, rest = ""] = CODE.exec(code) ?? [];
    if (root === undefined) return undefined;
    found.push({ code, root, member: /^\??\.([A-Za-z_$][\w$]*)/.exec(rest)?.[1] });
  }
  return found.length > 0 ? found : undefined;
}
