/**
 * The libraries that reckon with the texts a pattern matches. The first pattern that asks loads them: to load them takes a
 * fifth of the time that a small review takes, and most code asks nothing.
 */
import { createRequire } from "node:module";
import type * as Refa from "refa";
import type * as RegexpAstAnalysis from "regexp-ast-analysis";
import type * as Scslre from "scslre";

const load = createRequire(import.meta.url);

/** Automata and sets of characters. */
export function automata(): typeof Refa {
  return load("refa") as typeof Refa;
}

/** What is known of the parts of a pattern. */
export function regexParts(): typeof RegexpAstAnalysis {
  return load("regexp-ast-analysis") as typeof RegexpAstAnalysis;
}

/** What in a pattern backtracks. */
export function backtracking(): typeof Scslre {
  return load("scslre") as typeof Scslre;
}
