/**
 * What is known about the functions of libraries, as plain data that survives JSON: the vocabulary of the tables in
 * `libraries/` and of the models that a user's configuration adds. An absent fact is an unknown one.
 */

/** One row of a table: some functions of one place that have the same facts. Exactly one of the places is given. */
export interface Model extends ModelPlace {
  /** Names as they are called; `new X` for a constructor, `default` for what a module itself is, dots for members. */
  readonly members: readonly string[];
  readonly facts: Facts;
  /** Only where the package's own type of this name has, or lacks, a member: tells versions of a package apart. */
  readonly where?: { readonly type: string; readonly has?: string; readonly lacks?: string };
}

/**
 * - `module` alone: what the module exports. With `owner`: members of a class or interface that the package declares.
 * - `owner` alone: members of a class or interface of the language, the web or Node.
 * - `global`: members of a global object, as in `Promise.all`; the empty text stands for global functions.
 */
export interface ModelPlace {
  /** A specifier without `node:`; for members of an owner, the package that declares the owner. */
  readonly module?: string;
  readonly owner?: string;
  readonly global?: string;
}

/** A table. */
export interface Library {
  readonly name: string;
  /** The versions that the table was written for. */
  readonly versions: string;
  readonly models: readonly Model[];
  /** Why no test compares the names with published types; without it one does. */
  readonly unchecked?: string;
}

export interface Facts {
  /** Whether a call may throw before it returns, for other reasons than arguments of a wrong type. */
  readonly throws?: "no" | "yes";
  /** Whether the promise that a call returns may be rejected. */
  readonly rejects?: "no" | "yes";
  /** It never returns: it throws at most, or the process ends. */
  readonly ends?: "throws" | "exits";
  /** Whether the result is all that matters of a call; what its callbacks do apart. */
  readonly pure?: boolean;
  /** All that it changes: the object it is called on, or the arguments at these positions. */
  readonly changes?: "receiver" | readonly number[];
  readonly returns?: ResultFacts;
  /** By position from 0; `*` stands for every argument that is not listed. */
  readonly takes?: Readonly<Record<string, ArgumentFacts>>;
  /** What it does to the HTTP response that it is called on. */
  readonly response?: "ends" | "writes";
  /** The result is to be released: by these methods of it, or by functions of the same module that take it. */
  readonly acquires?: { readonly releasedBy: readonly string[] };
  /** It releases what it is called on, or the argument at this position. */
  readonly releases?: "receiver" | number;
  readonly listener?: ListenerFacts;
  readonly format?: FormatFacts;
  /** Its promise may be left alone: somebody else waits for it, or nobody needs to. */
  readonly mayFloat?: boolean;
}

export interface ResultFacts {
  /** A new object at every call. */
  readonly fresh?: boolean;
  /** What stands for "there is none". */
  readonly absent?: "null" | "undefined" | "-1";
  /** It gives back the object it is called on, or the argument at this position. */
  readonly same?: "receiver" | number;
  readonly unit?: Unit;
}

export interface ArgumentFacts {
  /** How often a function that is passed here is called. */
  readonly called?: "once" | "maybe" | "many";
  /** Whether that is before the call returns. */
  readonly when?: "now" | "later";
  /** Node's convention: an error or null, then the results. */
  readonly errorFirst?: boolean;
  /** What the passed function throws does not leave the call. */
  readonly catches?: boolean;
  /** What becomes of a promise that the passed function returns, or that is passed itself. */
  readonly promise?: "ignored" | "awaited" | "returned";
  readonly uses?: readonly ArgumentUse[];
  readonly unit?: Unit;
}

/** What a function does with an argument, apart from reading its members. */
export type ArgumentUse =
  | "called"
  | "settled"
  | "released"
  | "stored"
  | "awaited"
  | "returned"
  | "tested"
  | "stringified"
  | "compared"
  | "spread"
  | "mutated";

export type Unit = "ns" | "us" | "ms" | "s" | "min" | "h" | "d";

export interface ListenerFacts {
  readonly does: "adds" | "removes";
  /** Positions of the event's name and of the listener; without `event` there is only one event. */
  readonly event?: number;
  readonly handler: number;
  /** Members of the same object that undo it, or that it undoes. */
  readonly partners: readonly string[];
  /** What the result does, when it is not a handle: removes the listener when it is called. */
  readonly returnsRemover?: boolean;
}

export interface FormatFacts {
  /** Position of the format. */
  readonly at: number;
  /** Letters behind `%` that take an argument. */
  readonly letters: string;
  /** Whether arguments without a placeholder are shown as well. */
  readonly showsRest: boolean;
}
