/** What is known of the files that are watched, and what a saved one changes of it. */
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
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
  /**
   * Reviews what of these paths is to be reviewed, file by file, and then what imports it, as far as that makes a difference;
   * where a configuration is among them, everything.
   */
  changes(saved: ReadonlySet<string>): AsyncIterable<Change>;
}

/** Reviews everything by the configurations as they are now; undefined where one of them is wrong. */
export type Renew = () => Promise<Report | undefined>;

/** Nothing is known before `collect` and `begin`. */
export function standingOf(live: LiveReview, folders: FolderWatch, renew: Renew): Standing {
  return new Known(live, folders, renew);
}

class Known implements Standing {
  readonly #live: LiveReview;
  readonly #folders: FolderWatch;
  readonly #renew: Renew;
  #files: ReadonlySet<string> = new Set();
  /** By path, as all maps here. */
  readonly #found = new Map<string, readonly Finding[]>();
  readonly #texts = new Map<string, string>();
  #first: Report | undefined;

  constructor(live: LiveReview, folders: FolderWatch, renew: Renew) {
    this.#live = live;
    this.#folders = folders;
    this.#renew = renew;
  }

  async collect(): Promise<void> {
    this.#files = new Set(await this.#live.files());
    this.#folders.follow(new Set([process.cwd(), ...[...this.#files].flatMap(foldersAround)]));
  }

  begin(report: Report): void {
    this.#first = report;
    for (const [path, findings] of byPath(report.findings)) this.#found.set(path, findings);
  }

  async *changes(saved: ReadonlySet<string>): AsyncIterable<Change> {
    const configurations = [...saved].filter(path => CONFIGURATION.test(basename(path)) && this.#isNews(path)).sort();
    if (configurations.length > 0) {
      yield* this.#everything(configurations, saved);
      return;
    }
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

  /** What was saved along with a configuration is told of in any case, as the configuration itself is, at the end. */
  async *#everything(configurations: readonly string[], saved: ReadonlySet<string>): AsyncIterable<Change> {
    const report = await this.#renew();
    if (!report) return;
    await this.collect();
    const found = byPath(report.findings);
    const unread = new Set(report.summary.incomplete.map(({ file }) => pathOf(file)));
    const before = new Map(this.#found);
    const nothing = { ...report, findings: [], summary: { ...report.summary, incomplete: [] } };
    const paths = [...new Set([...before.keys(), ...found.keys(), ...saved])].filter(path => !unread.has(path)).sort();
    for (const path of paths) this.#found.set(path, found.get(path) ?? []);
    for (const path of paths.filter(one => !configurations.includes(one))) {
      const isToTell = saved.has(path) && this.#files.has(path) && this.#isNews(path);
      const findings = found.get(path) ?? [];
      const change = this.#change(path, { ...nothing, findings }, before.get(path) ?? []);
      if (isToTell || isNews(change)) yield change;
    }
    for (const path of configurations) yield this.#change(path, nothing, []);
  }

  /** A save is more than one event: none is news where the text is what it was. A file that is gone has none. */
  #isNews(path: string): boolean {
    const text = textOf(path) ?? "";
    if (this.#texts.get(path) === text) return false;
    this.#texts.set(path, text);
    return true;
  }

  /** Undefined where the text is what it was. */
  async #again(path: string): Promise<Change | undefined> {
    return textOf(path) !== undefined && this.#isNews(path) ? this.#review(path) : undefined;
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

/** What says how files are compiled or reviewed. */
const CONFIGURATION = /^(?:(?:tsconfig|jsconfig)(?:\..+)?\.json|package\.json|review\.config\.(?:jsonc?|m?[jt]s))$/;

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

function byPath(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const path = pathOf(finding.file);
    found.set(path, [...(found.get(path) ?? []), finding]);
  }
  return found;
}

/** From the name that findings have for a file. */
function pathOf(file: string): string {
  return resolve(file).split(sep).join("/");
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
