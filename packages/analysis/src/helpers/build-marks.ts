/** Comments by which a build keeps one of several parts of a file: `/// #if MOBILE`, `/// #else`, `/// #endif`. */

const MARK = /^[ \t]*\/\/\/? *#(?:else|elif|endif|if)/m;

/** Whether such a comment stands in a piece of code, so that what is on its two sides may never be there together. */
export function hasBuildMark(code: string): boolean {
  return MARK.test(code);
}
