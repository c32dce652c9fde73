/** Which file names are sources. */

const SOURCE = /\.[cm]?[jt]sx?$/;
const NOT_AN_EXTENSION = /\.[cm][jt]sx$/;
/** `style.d.css.ts` declares what a `style.css` exports: the compiler reads any `.d.` before `.ts` in this way. */
const DECLARATION = /\.d\.(?:[cm]?ts|[^/]+\.ts)$/;

/** Why a file of this name is no source, or undefined for a source. */
export function unfitName(name: string): string | undefined {
  if (!SOURCE.test(name) || NOT_AN_EXTENSION.test(name)) return "not TypeScript or JavaScript";
  return DECLARATION.test(name) ? "declaration file" : undefined;
}
