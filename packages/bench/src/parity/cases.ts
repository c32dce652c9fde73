/** What the test suites of other linters have in common: code that a rule of theirs must report, or must not. */
import { createHash } from "node:crypto";

export const SUITES = ["typescript-eslint", "tsgolint", "biome"] as const;
export type Suite = (typeof SUITES)[number];

/** One case of a suite. Its code is read from a checkout at each run and kept nowhere. */
export interface Case {
  readonly suite: Suite;
  /** The name of their rule, as that suite writes it. */
  readonly rule: string;
  readonly kind: "invalid" | "valid";
  /** The key of the project that the case is compiled in. */
  readonly project: string;
  /** Its file, relative to that project. */
  readonly path: string;
  /** The lines of the file that the case is about, from 1; all of them if absent. */
  readonly lines?: readonly [first: number, last: number];
  readonly code: string;
  /** The options of their rule, as text; empty if there are none. */
  readonly options: string;
  /** Names of the messages that their rule gives, where the suite names them. */
  readonly messages: readonly string[];
  /** Where the case stands in the checkout. */
  readonly origin: string;
}

/** A folder that becomes a project of its own: the support files of a suite, and the cases among them. */
export interface CaseProject {
  readonly key: string;
  /** A folder of the checkout that is laid below the cases. */
  readonly support?: string;
  readonly tsconfig: Readonly<Record<string, unknown>>;
  /** Texts by path relative to the project. */
  readonly files: Map<string, string>;
}

/** What was read of a suite. */
export interface SuiteCases {
  readonly cases: readonly Case[];
  readonly projects: readonly CaseProject[];
  /** Cases whose text is computed in ways that are not followed, or that need files of their own. */
  readonly unread: number;
}

/** Identifies a case by its text without keeping it: the same however it is indented. */
export function hashOf(code: string): string {
  return createHash("sha256").update(code.replace(/\s+/g, " ").trim()).digest("hex").slice(0, 8);
}
