/** What a server was found to understand, from run to run: otherwise every run would be refused anew. Whatever goes wrong here is not known. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Capabilities, Knob } from "./capabilities.ts";

export interface CapabilityCache {
  /** What was kept not long ago. */
  read(): Kept | undefined;
  write(known: Capabilities): void;
}

/** Not the window: without the server's counts of the run that found it, other prompts would seem to fit than then. */
export type Kept = Pick<Capabilities, "api" | "format" | "refused">;

/** Servers are replaced by newer ones, which understand more. */
const A_DAY_MS = 24 * 60 * 60 * 1_000;

/** Opens what is kept in a folder for a server and model (`of`); null: nothing is. */
export function openCapabilityCache(
  folder: string | null,
  of: readonly string[],
  clock: { now(): number },
): CapabilityCache {
  if (folder === null) return { read: () => undefined, write: () => undefined };
  const path = join(folder, `${createHash("sha256").update(JSON.stringify(of)).digest("hex")}.json`);
  return {
    read: () => keptIn(path, clock.now()),
    write: ({ api, format, refused }) => {
      const kept = { at: clock.now(), api, format, refused: [...refused] };
      try {
        mkdirSync(folder, { recursive: true });
        const own = `${path}.${process.pid}`;
        writeFileSync(own, JSON.stringify(kept));
        renameSync(own, path);
      } catch {
        // The next run finds it out again.
      }
    },
  };
}

function keptIn(path: string, now: number): Kept | undefined {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, unknown>>;
    const { at, api, format, refused } = value;
    const isFresh = typeof at === "number" && at <= now && now - at < A_DAY_MS;
    if (!isFresh || !isApi(api) || !isFormat(format) || !Array.isArray(refused)) return undefined;
    return { api, format, refused: new Set(refused as readonly Knob[]) };
  } catch {
    return undefined;
  }
}

function isApi(value: unknown): value is Capabilities["api"] {
  return value === "responses" || value === "chat";
}

function isFormat(value: unknown): value is Capabilities["format"] {
  return value === "json_schema" || value === "json_object" || value === "text";
}
