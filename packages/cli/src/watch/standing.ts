/** What is known of the files that are watched, and what a saved one changes of it. */
import { readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Finding } from "@review/findings";
import type { Change } from "@review/reporters";
import type { LiveReview, Report } from "@review/review";
import { importersOf } from "./importers.ts";
import type { FolderWatch } from "./watch-folders.ts";

export interface Standing {
  /** Finds out which files there are, and has their folders watched. */
  collect(): Promise<void>;
  /** Takes what was found in all files. */
  begin(report: Report): void;
  /** Reviews what of these paths is to be reviewed, file by file, and then what imports it, as far as that makes a difference. */
  changes(saved: ReadonlySet<string>): AsyncIterable<Change>;
}

/** Nothing is known before `collect` and `begin`. */
export function standingOf(live: LiveReview, folders: FolderWatch): Standing {
  return new Known(live, folders);
}

class Known implements Standing {
  readonly #live: LiveReview;
  readonly #folders: FolderWatch;
  #files: ReadonlySet<string> = new Set();
  /** By path, as all maps here. */
  readonly #found = new Map<string, readonly Finding[]>();
  readonly #texts = new Map<string, string>();
  #first: Report | undefined;

  constructor(live: LiveReview, folders: FolderWatch) {
    this.#live = live;
    this.#folders = folders;
  }

  async collect(): Promise<void> {
    this.#files = new Set(await this.#live.files());
    this.#folders.follow(new Set([process.cwd(), ...[...this.#files].flatMap(foldersAround)]));
  }

  begin(report: Report): void {
    this.#first = report;
    for (const finding of report.findings) {
      const path = resolve(finding.file).split(sep).join("/");
      this.#found.set(path, [...(this.#found.get(path) ?? []), finding]);
    }
  }

  async *changes(saved: ReadonlySet<string>): AsyncIterable<Change> {
    const known = this.#files;
    const sources = [...saved].filter(path => SOURCE.test(path) || isFolder(path));
    if (sources.some(path => !known.has(path) || !isThere(path))) await this.collect();
    const added = [...this.#files].filter(path => !known.has(path));
    const changed: string[] = [];
    for (const path of [...new Set([...sources, ...added])].sort()) {
      const change = this.#files.has(path) ? await this.#again(path) : known.has(path) && this.#gone(path);
      if (!change) continue;
      changed.push(path);
      yield change;
    }
    for (const path of importersOf(changed, this.#files)) {
      const change = await this.#review(path);
      if (change && isNews(change)) yield change;
    }
  }

  /** Undefined where the text is what it was: a save is more than one event. */
  async #again(path: string): Promise<Change | undefined> {
    const text = textOf(path);
    if (text === undefined || this.#texts.get(path) === text) return undefined;
    this.#texts.set(path, text);
    return this.#review(path);
  }

  /** Undefined where the file is gone again: that is told as well. */
  async #review(path: string): Promise<Change | undefined> {
    const report = await this.#live.review(path).catch((error: unknown) => {
      if (textOf(path) !== undefined) throw error;
      return undefined;
    });
    if (!report) return undefined;
    // Nothing is known of a file that cannot be read as code just now: what was found in it stands.
    const isKnown = report.summary.analysed > 0;
    const before = isKnown ? (this.#found.get(path) ?? []) : [];
    if (isKnown) this.#found.set(path, report.findings);
    return this.#change(path, report, before);
  }

  #gone(path: string): Change | undefined {
    const before = this.#found.get(path) ?? [];
    this.#found.delete(path);
    this.#texts.delete(path);
    if (!this.#first) return undefined;
    const nothing = { ...this.#first, findings: [], summary: { ...this.#first.summary, incomplete: [] } };
    return this.#change(path, nothing, before);
  }

  #change(path: string, report: Report, before: readonly Finding[]): Change {
    const left = [...this.#found.values()].reduce((sum, findings) => sum + findings.length, 0);
    return { file: nameOf(path), report, before, left };
  }
}

const SOURCE = /\.[cm]?[jt]sx?$/;

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isNews({ before, report }: Change): boolean {
  const ids = new Set(before.map(finding => finding.fingerprint));
  return report.findings.length !== ids.size || report.findings.some(finding => !ids.has(finding.fingerprint));
}

/** Relative to the working directory, as findings name it. */
function nameOf(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/");
}

/** The folder of a file and those around it, as far as the working directory: a new one may come in each. */
function foldersAround(path: string): readonly string[] {
  const folder = dirname(path);
  const isBelow = relative(process.cwd(), folder) !== "" && !relative(process.cwd(), folder).startsWith("..");
  return [folder, ...(isBelow ? foldersAround(folder) : [])];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
