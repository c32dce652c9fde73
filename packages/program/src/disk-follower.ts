/**
 * Notices what others change on disk, by comparing times of modification. A watcher would need the event loop, which a
 * synchronous session does not give back, and costs a handle a folder.
 */
import { type Dirent, readdirSync, statSync } from "node:fs";
import { posix } from "node:path";
import { extendedFiles } from "./extended-files.ts";
import { ancestorsOf } from "./paths.ts";

export interface DiskFollower {
  /** Follows the folders around a configuration or file; what is modified after `since`, in milliseconds, is news. */
  follow(file: string, since: number): void;
  /**
   * Files among `names` that were modified since the last look, or "restructured" where files came or went, or something was
   * modified that decides what belongs together. Looks from time to time only; in between there is no news.
   */
  news(names: () => readonly string[]): readonly string[] | "restructured";
}

/** Milliseconds between two looks; between these bounds a look may cost a twentieth of the time. */
const SHORTEST_INTERVAL = 200;
const LONGEST_INTERVAL = 2_000;
const SHARE_OF_TIME = 20;

/** A follower that has not seen anything yet. */
export function followDisk(): DiskFollower {
  const seen: Seen = { since: Infinity, files: new Map(), folders: new Map(), settings: new Map() };
  let next = 0;
  return {
    follow(file, since) {
      seen.since = Math.min(seen.since, since - CLOCK_DRIFT);
      const folder = posix.dirname(file);
      if (!seen.folders.has(folder)) seen.folders.set(folder, listingOf(folder));
      const extended = file.endsWith(".json") ? extendedFiles(file) : [];
      for (const name of [...ancestorsOf(folder).flatMap(settingsIn), ...extended]) noteTime(seen.settings, name);
    },
    news(names) {
      const begun = performance.now();
      if (begun < next) return [];
      const found = look(seen, names().filter(isOwn));
      const ended = performance.now();
      next = ended + Math.min(LONGEST_INTERVAL, Math.max(SHORTEST_INTERVAL, (ended - begun) * SHARE_OF_TIME));
      return found;
    },
  };
}

/** File systems stamp with a clock that runs a few milliseconds behind. */
const CLOCK_DRIFT = 20;

interface Seen {
  since: number;
  /** Times of modification; 0 for what is not there. */
  readonly files: Map<string, number>;
  readonly folders: Map<string, Listing>;
  readonly settings: Map<string, number>;
}

interface Listing {
  readonly time: number;
  readonly names: string;
}

function look(seen: Seen, names: readonly string[]): readonly string[] | "restructured" {
  const modified = names.filter(name => {
    const time = timeOf(name);
    const known = seen.files.get(name);
    seen.files.set(name, time);
    return known === undefined ? time > seen.since : known !== time;
  });
  const isGone = modified.some(name => seen.files.get(name) === 0);
  const isMoved = [...seen.folders].some(([folder, listing]) => hasOtherNames(seen, folder, listing));
  const isSetAnew = [...seen.settings].some(([name, time]) => timeOf(name) !== time);
  const isNewsOfFolder = noteFolders(seen, names);
  return isGone || isMoved || isSetAnew || isNewsOfFolder ? "restructured" : modified;
}

/** Whether one of the folders that were not known yet has changed since its files were read. */
function noteFolders(seen: Seen, names: readonly string[]): boolean {
  const added = [...new Set(names.map(name => posix.dirname(name)))].filter(folder => !seen.folders.has(folder));
  for (const folder of added) seen.folders.set(folder, listingOf(folder));
  return added.some(folder => (seen.folders.get(folder)?.time ?? 0) > seen.since);
}

/** Many editors save by replacing the file, which touches its folder as well: only names tell what came or went. */
function hasOtherNames(seen: Seen, folder: string, listing: Listing): boolean {
  if (timeOf(folder) === listing.time) return false;
  const now = listingOf(folder);
  seen.folders.set(folder, now);
  return now.names !== listing.names;
}

function listingOf(folder: string): Listing {
  const time = timeOf(folder);
  const names = entriesOf(folder).flatMap(entry => (isOfInterest(entry) ? entry.name : []));
  return { time, names: names.sort().join("/") };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isOfInterest(entry: Dirent): boolean {
  if (entry.isDirectory()) return entry.name !== "node_modules" && !entry.name.startsWith(".");
  return SETTING.test(entry.name) || /\.[cm]?[jt]sx?$/.test(entry.name);
}

const SETTING = /^(?:(?:tsconfig|jsconfig)(?:\..+)?|package)\.json$/;

/** Package managers write one of these whenever they have installed something. */
const INSTALLED = [".package-lock.json", ".modules.yaml", ".yarn-state.yml"];

/** Files of a folder that decide what belongs together, also those that may come. */
function settingsIn(folder: string): readonly string[] {
  const found = entriesOf(folder).flatMap(({ name }) => (SETTING.test(name) ? name : []));
  const possible = ["tsconfig.json", "jsconfig.json", "package.json", ...INSTALLED.map(name => `node_modules/${name}`)];
  return [...new Set([...found, ...possible])].map(name => posix.join(folder, name));
}

function noteTime(times: Map<string, number>, name: string): void {
  if (!times.has(name)) times.set(name, timeOf(name));
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** What is installed changes with the files that package managers write. */
function isOwn(name: string): boolean {
  return !name.includes("/node_modules/");
}
