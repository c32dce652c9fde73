/** The files of a program as they are on disk, and what stands beside them, whether the compiler takes it for code or not. */
import { readdirSync, readFileSync, statSync } from "node:fs";

/** The text of a file, an absolute path, without byte-order mark; undefined where it cannot be read. */
export function textOnDisk(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

interface Listing {
  readonly time: number;
  readonly names: readonly string[];
}

const known = new Map<string, Listing>();

/** Folders that are remembered; a project has some hundreds. */
const MOST_FOLDERS = 2_000;

/** A folder may change again within the same tick of its clock. */
const CLOCK_TICK = 100;

/** The names in a folder, an absolute path; empty where there is no such folder. */
export function namesInFolder(folder: string): readonly string[] {
  const time = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  if (time === undefined) return [];
  const seen = known.get(folder);
  if (seen?.time === time) return seen.names;
  const names = listed(folder);
  if (known.size >= MOST_FOLDERS) known.clear();
  if (Date.now() - time > CLOCK_TICK) known.set(folder, { time, names });
  return names;
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
