/**
 * Tells which files were saved. Each folder that holds something to review has a watcher of its own: what nobody reviews, such as
 * installed packages, costs none, and which folders those are is decided where sources are collected.
 */
import { readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { basename, join, sep } from "node:path";

export interface FolderWatch {
  /** Watches these folders as well, and folders that are made in them. */
  follow(folders: Iterable<string>): void;
  /** Waits for paths (absolute, with '/' separators) that were written, made or removed; none as soon as the signal is aborted. */
  next(): Promise<ReadonlySet<string>>;
  close(): void;
}

/** Saving a file is several events, and so is checking out a branch. */
const QUIET_MS = 100;

export function watchFolders(signal: AbortSignal): FolderWatch {
  const lot = collectQuietly(signal);
  const watchers = new Map<string, FSWatcher>();
  const leave = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const hear = (path: string): void => {
    if (watchers.has(path) && !isFolder(path)) leave(path);
    else if (!watchers.has(path) && isFolder(path)) follow(foldersFrom(path));
    lot.add(path.split(sep).join("/"));
  };
  const follow = (folders: Iterable<string>): void => {
    for (const folder of folders) {
      if (watchers.has(folder) || !isFolder(folder)) continue;
      const watcher = watch(folder, (_, name) => hear(name === null ? folder : join(folder, name)));
      watcher.on("error", () => leave(folder));
      watchers.set(folder, watcher);
    }
  };
  return { follow, next: () => lot.next(), close: () => [...watchers.keys()].forEach(leave) };
}

interface Lot {
  add(path: string): void;
  next(): Promise<ReadonlySet<string>>;
}

/** Gives away what was added as soon as nothing more comes. */
function collectQuietly(signal: AbortSignal): Lot {
  let paths = new Set<string>();
  let isReady = false;
  let timer: NodeJS.Timeout | undefined;
  let give: (() => void) | undefined;
  const offer = (): void => {
    isReady = true;
    give?.();
  };
  signal.addEventListener("abort", offer, { once: true });
  return {
    add(path) {
      paths.add(path);
      clearTimeout(timer);
      timer = setTimeout(offer, QUIET_MS);
    },
    next() {
      return new Promise(resolve => {
        give = () => {
          const given = signal.aborted ? new Set<string>() : paths;
          paths = new Set();
          isReady = false;
          give = undefined;
          resolve(given);
        };
        if (isReady || signal.aborted) give();
      });
    },
  };
}

/** A new folder and those in it, which were there before anybody watched. */
function foldersFrom(folder: string): readonly string[] {
  if (basename(folder) === "node_modules" || basename(folder).startsWith(".")) return [];
  const inside = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory());
  return [folder, ...inside.flatMap(({ name }) => foldersFrom(join(folder, name)))];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
