/** Signs that nobody maintains a file as code: it is what a test works on, or a copy of a library. */

/** What tools call the folder of such inputs wherever it stands; a test of what a linter finds is no place to mend. */
const INPUTS =
  /(?:^|\/)(?:__fixtures__|__testfixtures__|__testdata__|testdata|test-data|test-fixtures|fixtures[_-]\w+)\//i;
const BELOW_TESTS = /(?:^|\/)(?:tests?|__tests__|specs?)\/(?:.*\/)?(?:fixtures?|samples?)\//i;
/** Playwright calls what prepares a test a fixture, too. */
const PREPARES_TESTS = /["']@playwright\/[\w-]+["']/;
/** In a folder about types, what is named as a test is run. */
const RUN_BY_TESTS = /[.-](?:test|spec|e2e|cy)\.[cm]?[jt]sx?$/i;
/** Only compiled, never run. */
const OF_TYPES =
  /(?:^|\/)(?:test-d|tsd|test-tsd|dtslint|type-?tests?)\/|(?:^|\/)(?:tests?|__tests__|specs?)\/(?:.*\/)?(?:types?|typings?)\//i;
const TYPE_TEST = /[.-]test-d\.[cm]?tsx?$/i;

export type Foreign = "input of tests" | "test of types";

/**
 * What a '/' separated path leads to that is no code to mend. `named` is how far a person named the path, up to and with
 * a last '/', or "": what a person names, he means.
 */
export function foreignIn(path: string, named: string): Foreign | undefined {
  if (TYPE_TEST.test(path)) return "test of types";
  const leads = (folder: RegExpExecArray | null): boolean =>
    folder !== null && folder.index + folder[0].length > named.length;
  if (leads(INPUTS.exec(path) ?? BELOW_TESTS.exec(path))) return "input of tests";
  return /\.[cm]?tsx?$/.test(path) && !RUN_BY_TESTS.test(path) && leads(OF_TYPES.exec(path))
    ? "test of types"
    : undefined;
}

/** Whether a text in such a place is one that tests run all the same. */
export function preparesTests(text: string): boolean {
  return PREPARES_TESTS.test(text);
}

/** `jquery-1.11.0.js`: who writes a library has its version elsewhere. */
export function isVersionedCopy(path: string): boolean {
  return /(?:^|\/)[a-z][\w.]*(?:-[a-z][\w.]*)*-v?\d+\.\d+(?:\.\d+)*(?:[.-](?:min|slim|pack|custom|all|full))*\.js$/i.test(
    path,
  );
}
