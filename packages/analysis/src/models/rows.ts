/** Short ways to write the rows of a table. */
import type { Facts, Model } from "./facts.ts";

/** Members of a builtin class or interface; names are separated by blanks. */
export function membersOf(owners: string, members: string, facts: Facts): readonly Model[] {
  return split(owners).map(owner => ({ owner, members: split(members), facts }));
}

/** Members of a global object: `Promise.all`. */
export function staticsOf(global: string, members: string, facts: Facts): Model {
  return { global, members: split(members), facts };
}

/** Global functions. */
export function globals(members: string, facts: Facts): Model {
  return { global: "", members: split(members), facts };
}

/** Global constructors, as `new X`. */
export function constructors(names: string, facts: Facts): Model {
  return { global: "", members: split(names).map(name => `new ${name}`), facts };
}

/** What a module exports. */
export function exportsOf(module: string, members: string, facts: Facts): Model {
  return { module, members: split(members), facts };
}

/** What a module exports, called with `new`. */
export function classesOf(module: string, names: string, facts: Facts): Model {
  return { module, members: split(names).map(name => `new ${name}`), facts };
}

/** Members of classes or interfaces that a package declares. */
export function packageMembersOf(module: string, owners: string, members: string, facts: Facts): readonly Model[] {
  return split(owners).map(owner => ({ module, owner, members: split(members), facts }));
}

function split(text: string): readonly string[] {
  return text.split(" ").filter(word => word !== "");
}

/** Facts that many rows share. */
export const PURE: Facts = { pure: true, throws: "no" };
export const FRESH: Facts = { ...PURE, returns: { fresh: true } };
export const EFFECT: Facts = { pure: false, throws: "no" };
/** Asks the world, which may say no. */
export const ASKS: Facts = { pure: false, throws: "no", rejects: "yes", returns: { fresh: true } };
/** The same, at once. */
export const ASKS_NOW: Facts = { pure: false, throws: "yes" };
/** With a callback as its last argument but for options; such functions throw on wrong types only. */
export function asksBack(position: number): Facts {
  const callback = { called: "once", when: "later", errorFirst: true, promise: "ignored" } as const;
  return { ...EFFECT, takes: { [position]: callback } };
}
