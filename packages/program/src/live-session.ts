/**
 * A session that follows an editor: it is asked for one file at a time, in the text that is being written, and sees what
 * others save. Each change is made to the snapshot before it, which spares the compiler everything that stays the same.
 */
import { posix } from "node:path";
import { createFileSystemLayer } from "typescript/fs";
import type { API, CreateSnapshotParams, Snapshot, SyntheticProjectId } from "typescript/sync";
import { type CompilerProcess, startCompiler } from "./compiler-process.ts";
import { type DiskFollower, followDisk } from "./disk-follower.ts";
import { textOnDisk } from "./disk.ts";
import { isTooDeep } from "./nesting.ts";
import { type PlannedProject, type Planner, plannerFor, programOf } from "./plan.ts";
import type { OpenProject, SessionRequest } from "./session.ts";

export interface LiveSession {
  readonly api: API;
  /** Process id of the compiler, for whoever must end it from outside. */
  readonly pid: number | undefined;
  /**
   * Opens the project of a configuration (absolute path), or the first that it refers to beside it if it has no files, so that who
   * asks for a file of it later need not wait for that. Throws where there is no such configuration.
   */
  prepare(configFile: string): void;
  /**
   * The project of a file (absolute path, '/' separated) that has this text, without byte-order mark; its plan names that
   * file alone. Undefined for a text that the compiler does not survive. What was given before holds only while `version` does.
   */
  open(file: string, text: string): OpenProject | undefined;
  /** Another number whenever something has changed that answers may depend on. */
  readonly version: number;
  /** Lays texts over what `open` gave last, instead of those laid before; nothing of them is left for the next `open`. */
  withTexts(texts: ReadonlyMap<string, string | undefined>): readonly OpenProject[];
  /** Ends the compiler; never throws, also when it is already gone or busy. */
  close(): void;
}

/** Starts a compiler for files below a folder; projects are opened as files of theirs are asked for. */
export function openLiveSession({ cwd, onCompiler }: Pick<SessionRequest, "cwd" | "onCompiler">): LiveSession {
  const compiler = startCompiler(cwd);
  onCompiler?.(compiler.pid);
  return new LiveProjects(compiler, cwd);
}

/** Programs cost memory; who goes through a monorepo is done with the first ones by then. */
const MOST_PROGRAMS = 4;
/** Milliseconds after which a text that was never saved and is not asked for any more counts as given up. */
const FORGET_AFTER = 10 * 60_000;

/** Milliseconds after which a project that was opened ahead is compared with the disk: who waits for it is not kept by that. */
const JUST_READ = 2_000;

/** Where a file belongs, and under which name the compiler knows it. */
interface Home {
  readonly project: PlannedProject;
  readonly path: string;
}

interface Opened {
  readonly project: PlannedProject;
  readonly id: SyntheticProjectId;
  readonly roots: ReadonlySet<string>;
}

/** A text over a file. It stays laid, also when it is saved: a layer hides the disk for good. */
interface Laid {
  readonly text: string;
  readonly at: number;
}

class LiveProjects implements LiveSession {
  readonly #compiler: CompilerProcess;
  readonly #cwd: string;
  #plan: Planner;
  #disk: DiskFollower = followDisk();
  /** By the name that was asked for. */
  readonly #homes = new Map<string, Home>();
  /** By key, the one that was used last at the end. */
  readonly #opened = new Map<string, Opened>();
  readonly #laid = new Map<string, Laid>();
  #snapshot: Snapshot | undefined;
  #former: Snapshot | undefined;
  #trial: Snapshot | undefined;
  #last: Home | undefined;
  #version = 0;
  #preparedAt = -Infinity;

  constructor(compiler: CompilerProcess, cwd: string) {
    this.#compiler = compiler;
    this.#cwd = cwd;
    this.#plan = plannerFor(compiler.api, { cwd });
  }

  get api(): API {
    return this.#compiler.api;
  }

  get pid(): number | undefined {
    return this.#compiler.pid;
  }

  get version(): number {
    return this.#version;
  }

  prepare(configFile: string): void {
    const { fileNames, projectReferences = [] } = this.api.parseConfigFile(configFile);
    const beside = projectReferences.find(
      ({ path }) => posix.dirname(path) === posix.dirname(configFile) && path.endsWith(".json"),
    );
    const [first] = fileNames.length > 0 || !beside ? fileNames : this.api.parseConfigFile(beside.path).fileNames;
    const text = first === undefined ? undefined : textOnDisk(first);
    if (first === undefined || text === undefined) return;
    this.open(first, text);
    this.#preparedAt = Date.now();
  }

  open(file: string, text: string): OpenProject | undefined {
    this.#endTrial();
    if (isTooDeep(text)) return undefined;
    const changed = this.#noticeDisk(file);
    const home = this.#homes.get(file) ?? this.#settle(file, text);
    if (!home) return undefined;
    this.#advance(home, text, changed);
    this.#last = home;
    return this.#projectOf(home, this.#snapshot);
  }

  withTexts(texts: ReadonlyMap<string, string | undefined>): readonly OpenProject[] {
    this.#endTrial();
    if (!this.#last || !this.#snapshot) return [];
    const removedPaths = [...texts].flatMap(([path, text]) => (text === undefined || isTooDeep(text) ? [path] : []));
    const laid = [...texts].filter((entry): entry is [string, string] => !removedPaths.includes(entry[0]));
    const fileSystem = createFileSystemLayer(laid, { removedPaths });
    this.#trial = this.#snapshot.update({ fileSystem, ensurePrograms: true });
    const project = this.#projectOf(this.#last, this.#trial);
    return project ? [project] : [];
  }

  close(): void {
    this.#compiler.end();
  }

  #endTrial(): void {
    this.#trial?.dispose();
    this.#trial = undefined;
  }

  /** Files that others have saved, as far as no text hides them; forgets everything where projects may have changed. */
  #noticeDisk(asked: string): readonly string[] {
    const now = Date.now();
    if (now - this.#preparedAt < JUST_READ) return [];
    const isGivenUp = [...this.#laid].some(
      ([path, { text, at }]) => path !== asked && now - at > FORGET_AFTER && text !== textOnDisk(path),
    );
    const news = this.#disk.news(() => this.#programs().flatMap(program => program.getSourceFileNames()));
    if (isGivenUp || news === "restructured") {
      this.#forget(now);
      return [];
    }
    for (const path of news.filter(one => this.#laid.has(one) && one !== asked)) {
      const text = textOnDisk(path);
      if (text !== undefined) this.#laid.set(path, { text, at: now });
    }
    return news;
  }

  #programs(): readonly OpenProject["program"][] {
    return [...this.#opened.values()].flatMap(({ id }) => this.#snapshot?.getProgram(id) ?? []);
  }

  #forget(now: number): void {
    // Kept until there is a new one, which then need not parse again what is the same.
    this.#former = this.#snapshot;
    this.#snapshot = undefined;
    this.#plan = plannerFor(this.api, { cwd: this.#cwd });
    this.#disk = followDisk();
    this.#homes.clear();
    this.#opened.clear();
    for (const [path, { text, at }] of this.#laid)
      if (now - at > FORGET_AFTER || text === textOnDisk(path)) this.#laid.delete(path);
  }

  #settle(file: string, text: string): Home | undefined {
    const { projects, aliases } = this.#plan([file], new Map([[file, text]]));
    const [project] = projects;
    const home = project && { project, path: aliases.get(file) ?? file };
    if (home) this.#homes.set(file, home);
    return home;
  }

  /** Brings the snapshot up to date for a file. */
  #advance(home: Home, text: string, changed: readonly string[]): void {
    const over = new Set(changed.filter(path => this.#laid.has(path)));
    if (this.#lay(home, text)) over.add(home.path);
    if (this.#snapshot && changed.length + over.size > 0)
      this.#next({ fileNotifications: { changed: [...changed] }, fileSystem: this.#layerOf(over) });
    const opened = this.#opened.get(home.project.key);
    if (!opened) this.#openProgram(home);
    else if (!opened.roots.has(home.path)) this.#join(opened, home.path);
    else this.#use(opened);
  }

  /** Whether this text is news to the compiler. A text that was laid once is kept up to date, also when it is saved. */
  #lay({ project, path }: Home, text: string): boolean {
    const isNew = this.#textOf(path, this.#opened.get(project.key)) !== text;
    if (isNew || this.#laid.has(path)) this.#laid.set(path, { text, at: Date.now() });
    return isNew;
  }

  #layerOf(paths: Iterable<string>): ReturnType<typeof createFileSystemLayer> {
    return createFileSystemLayer([...paths].map(path => [path, this.#laid.get(path)?.text ?? ""]));
  }

  #openProgram({ project, path }: Home): void {
    this.#closeSurplus();
    const since = Date.now();
    // The first snapshot has all texts to learn.
    const fileSystem = this.#layerOf(this.#snapshot ? [] : this.#laid.keys());
    const { createdPrograms } = this.#next({ createPrograms: [programOf(project)], fileSystem }).operation;
    const id = createdPrograms?.[0]?.id;
    if (id === undefined) throw new Error(`the compiler made no program of ${project.key}`);
    this.#use({ project, id, roots: new Set(project.roots) });
    this.#disk.follow(project.configFile ?? path, since);
  }

  #join({ project: { roots, ...rest }, id }: Opened, path: string): void {
    const project = { ...rest, roots: [...roots, path] };
    this.#next({ reconfigurePrograms: [{ id, ...programOf(project) }] });
    this.#use({ project, id, roots: new Set(project.roots) });
    this.#disk.follow(path, Date.now());
  }

  #next(changes: CreateSnapshotParams): Snapshot {
    const before = this.#snapshot;
    const next = before
      ? before.update({ ...changes, ensurePrograms: true })
      : this.api.createSnapshot({ ...changes, fileNotifications: { invalidateAll: true } });
    this.#snapshot = next;
    this.#version++;
    before?.dispose();
    this.#former?.dispose();
    this.#former = undefined;
    return next;
  }

  /** The text that the compiler has, or would have if it opened the file now. */
  #textOf(path: string, opened: Opened | undefined): string | undefined {
    const laid = this.#laid.get(path)?.text;
    if (laid !== undefined || !opened) return laid ?? textOnDisk(path);
    return this.#snapshot?.getProgram(opened.id)?.getSourceFile(path)?.text;
  }

  #use(opened: Opened): void {
    this.#opened.delete(opened.project.key);
    this.#opened.set(opened.project.key, opened);
  }

  /** Closes programs that were not used for long: in a step of its own, since the compiler fails over both in one. */
  #closeSurplus(): void {
    const old = [...this.#opened].slice(0, Math.max(0, this.#opened.size - MOST_PROGRAMS + 1));
    if (!this.#snapshot || old.length === 0) return;
    for (const [key] of old) this.#opened.delete(key);
    const next = this.#snapshot.update({ removePrograms: old.map(([, { id }]) => id) });
    this.#version++;
    this.#snapshot.dispose();
    this.#snapshot = next;
  }

  #projectOf({ project: { key }, path }: Home, snapshot: Snapshot | undefined): OpenProject | undefined {
    const opened = this.#opened.get(key);
    const project = opened && snapshot?.getProject(opened.id);
    if (!opened || !project) return undefined;
    const plan = { ...opened.project, files: [path] };
    return { id: project.id, plan, program: project.program, checker: project.checker };
  }
}
