/** Runs a program of `flow-programs.ts`: logs its numbered steps, and decides by a script what comes of each. */
import { isNativeError } from "node:util/types";
import { Script } from "node:vm";
import type { Domain, Program } from "./flow-programs.ts";

export interface Event {
  /** Kind and number of a step. */
  readonly key: string;
  readonly outcome: "normal" | "throw" | "abandon";
  /** How many choices there were, and which one was taken. */
  readonly options: number;
  readonly choice: number;
}

export interface Run {
  readonly events: readonly Event[];
  /** `cut`: it took too many steps. */
  readonly end: "returned" | "thrown" | "cut";
}

/** Steps after which a run is cut. */
const LONGEST = 40;

/** `script` holds a choice for each event in turn; those that it does not reach take the first. */
export type Runner = (script: readonly number[]) => Promise<Run>;

export function runnerOf(program: Program): Runner {
  const names = Object.keys(new Host([], []).globals());
  const make = new Script(`(${names.join()}) => { let x; return ${program.runnable}; }`).runInThisContext() as Make;
  return async script => {
    const host = new Host(program.domains, script);
    const f = make(...Object.values(host.globals()));
    try {
      await drive(program, f, host);
    } catch (error) {
      // Any other error is one that the program was not meant to make.
      if (isNativeError(error) && !(error instanceof Scripted)) throw error;
      return { events: host.events, end: host.isCut ? "cut" : "thrown" };
    }
    return { events: host.events, end: host.isCut ? "cut" : "returned" };
  };
}

type Make = (...globals: unknown[]) => () => unknown;

/** What a step throws when the script says so. */
class Scripted extends Error {}

type Consumer = Generator | AsyncGenerator;

async function drive(program: Program, f: () => unknown, host: Host): Promise<void> {
  if (!program.kind.includes("generator")) {
    await f();
    return;
  }
  const generator = f() as Consumer;
  let result = await generator.next();
  while (!result.done) {
    const id = Number(result.value);
    const values = host.valuesOf(id);
    const choice = host.log(`yield:${id}`, values.length + 2, { throws: values.length, abandons: values.length + 1 });
    if (choice === values.length) result = await generator.throw(new Scripted());
    else if (choice > values.length) result = await generator.return(undefined);
    else result = await generator.next(values[choice]);
  }
}

class Host {
  readonly events: Event[] = [];
  isCut = false;
  private readonly domains: readonly Domain[];
  private readonly script: readonly number[];
  private readonly o: object;

  constructor(domains: readonly Domain[], script: readonly number[]) {
    this.domains = domains;
    this.script = script;
    this.o = this.watched();
  }

  valuesOf(id: number): readonly unknown[] {
    switch (this.domains[id]) {
      case "boolean":
        return [true, false];
      case "maybe":
        return [this.o, undefined];
      case "loose":
        return [this.o, undefined, 0];
      case "keys":
        return [{}, { a: 1 }, { a: 1, b: 2 }];
      default:
        return [this.o];
    }
  }

  log(key: string, options: number, which: { readonly throws: number; readonly abandons?: number }): number {
    if (this.events.length >= LONGEST) {
      this.isCut = true;
      return which.throws;
    }
    const choice = (this.script[this.events.length] ?? 0) % options;
    const outcome = choice === which.throws ? "throw" : choice === which.abandons ? "abandon" : "normal";
    this.events.push({ key, outcome, options, choice });
    return choice;
  }

  /** Logs a step; its value, or an exception. */
  private step(kind: string, id: number | string, values: readonly unknown[] = this.valuesOf(Number(id))): unknown {
    const choice = this.log(`${kind}:${id}`, values.length + 1, { throws: values.length });
    if (choice === values.length) throw new Scripted();
    return values[choice];
  }

  globals(): Record<string, unknown> {
    const call = (id: number): unknown => this.step("call", id);
    return {
      o: this.o,
      $: call,
      keys: call,
      key: (id: number) => `p${id}`,
      k: (id: number, named: number) => (this.step("call", id), `p${named}`),
      t: (id: number) => ({ then: (resolve: (value: unknown) => void) => resolve(this.step("await", id)) }),
      d: (id: number) => ({ dispose: () => this.step("dispose", id) }),
      ad: (id: number) => ({ dispose: () => this.later("dispose", id) }),
      sp: (id: number) => this.iterable(id, () => ({ done: true })),
      inf: (id: number) => {
        let count = 0;
        return this.iterable(id, () => ({ value: this.step("advance", `${id}:${count++}`, this.valuesOf(id)) }));
      },
      it: (id: number) =>
        this.iterable(
          id,
          () => this.step("advance", id, this.items()),
          () => this.step("close", id),
        ),
      ait: (id: number) => ({
        [Symbol.asyncIterator]: () => {
          this.step("iterate", id);
          return { next: () => this.later("advance", id, this.items()), return: () => this.later("close", id) };
        },
      }),
    };
  }

  /** A step that fails by rejecting. */
  private later(kind: string, id: number, values?: readonly unknown[]): Promise<unknown> {
    return new Promise(resolve => {
      resolve(this.step(kind, id, values));
    });
  }

  private items(): readonly unknown[] {
    return [{ done: true }, { value: this.o, done: false }];
  }

  private iterable(id: number, next: () => unknown, close?: () => unknown): unknown {
    return {
      [Symbol.iterator]: () => {
        this.step("iterate", id);
        return { next, return: close };
      },
    };
  }

  /** A function and object every use of which is logged, if its name or first argument is a number. */
  private watched(): object {
    const numberOf = (key: string | symbol): string | undefined => /^p(\d+)$/.exec(String(key))?.[1];
    const calledAs = ([first]: readonly unknown[]): number => Number.parseInt(String(first), 10);
    return new Proxy(function () {}, {
      get: (_, key) => {
        const id = numberOf(key);
        if (id !== undefined) return this.step("access", id);
        return key === Symbol.toPrimitive ? () => "" : undefined;
      },
      set: (_, key) => {
        const id = numberOf(key);
        if (id !== undefined) this.step("set", id);
        return true;
      },
      deleteProperty: (_, key) => {
        this.step("delete", numberOf(key) ?? 0);
        return true;
      },
      apply: (_, __, args) => this.step("call", calledAs(args)),
      construct: (_, args) => this.step("call", calledAs(args)) as object,
    });
  }
}
