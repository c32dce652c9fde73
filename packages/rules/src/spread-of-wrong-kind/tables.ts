/** Values without properties that a spread would copy. */

/** What is spread, and what comes of it. */
export interface Wrong {
  readonly kind: "collection" | "function" | "text" | "error" | "object" | "instance";
  readonly what: string;
  readonly so: string;
}

const EMPTY = "and a spread copies nothing of it";

/** The kinds that are no builtin object. */
export const NOTHING: Readonly<Record<"text" | "function" | "instance", Wrong>> = {
  text: { kind: "text", what: "text", so: "which a spread turns into properties named 0, 1 and so on" },
  function: { kind: "function", what: "a function", so: "and a spread copies nothing of it: its result is meant" },
  instance: { kind: "instance", what: "an instance of a class", so: "whose accessors a spread leaves behind" },
};

const COLLECTIONS: ReadonlySet<string> = new Set(
  "Map ReadonlyMap Set ReadonlySet WeakMap WeakSet Headers FormData URLSearchParams".split(" "),
);

const OBJECTS: ReadonlySet<string> = new Set(
  "Date RegExp URL Request Response Blob File ArrayBuffer AbortController AbortSignal".split(" "),
);

const ERRORS: RegExp = /^(?:Eval|Range|Reference|Syntax|Type|URI)?Error$/;

/** Undefined for builtins that have properties of their own. */
export function contentOf(builtin: string): Wrong | undefined {
  const what = `a \`${builtin}\``;
  if (COLLECTIONS.has(builtin)) return { kind: "collection", what, so: "whose entries a spread does not copy" };
  if (ERRORS.test(builtin)) return { kind: "error", what, so: "whose message and stack a spread leaves out" };
  return OBJECTS.has(builtin) ? { kind: "object", what, so: EMPTY } : undefined;
}
