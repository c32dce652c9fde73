/** One tsconfig or jsconfig: what it includes, what it refers to, and what is wrong with it. */
import { existsSync } from "node:fs";
import { posix } from "node:path";
import type { API, Diagnostic, RawCompilerOptions } from "typescript/sync";
import { typescriptMajorOf } from "./compiler-age.ts";
import { translateOptions } from "./compiler-options.ts";
import { entriesOf, installedDirectoryOf, type ManifestReader } from "./manifest.ts";
import type { Workspaces } from "./workspace.ts";

/** A configuration, ready to be made a program of. */
export interface Configuration {
  /** Absolute path. */
  readonly file: string;
  /** Absolute paths of the files that it lists or matches. */
  readonly fileNames: readonly string[];
  readonly options: RawCompilerOptions;
  readonly references: ReturnType<API["parseConfigFile"]>["projectReferences"];
  /** Whether it names files one by one, so that others belong to it by being imported. */
  readonly listsFiles: boolean;
  /** What could not be read of it, in words. */
  readonly problems: readonly string[];
}

/** Reads a configuration, once; undefined when there is no such file. */
export type ConfigurationReader = (file: string) => Configuration | undefined;

/** A reader that remembers what it has read. */
export function configurationReader(api: API, manifests: ManifestReader, workspaces: Workspaces): ConfigurationReader {
  const known = new Map<string, Configuration | undefined>();
  return file => {
    if (!known.has(file)) known.set(file, readConfiguration(api, file, manifests, workspaces));
    return known.get(file);
  };
}

function readConfiguration(
  api: API,
  file: string,
  manifests: ManifestReader,
  workspaces: Workspaces,
): Configuration | undefined {
  if (!existsSync(file)) return undefined;
  const read = tryRead(api, file);
  if (typeof read === "string") return { ...EMPTY, file, problems: [read] };
  const parsed = api.parseJsonConfigFileContent(withExtendsFound(read.config, posix.dirname(file), workspaces), {
    configFileName: file,
  });
  const major = typescriptMajorOf(posix.dirname(file), manifests);
  const unknown = parsed.errors.filter(error => error.code === UNKNOWN_OPTION).map(error => error.text);
  return {
    file,
    fileNames: parsed.fileNames,
    options: translateOptions({ options: parsed.options, unknown, major }),
    references: parsed.projectReferences,
    listsFiles: entriesOf(read.config).some(
      ([key, value]) => (key === "files" || key === "include") && namesFile(value),
    ),
    problems: [
      ...problemsOf(read.error ? [read.error, ...parsed.errors] : parsed.errors),
      ...missingReferences(parsed.projectReferences ?? []),
    ],
  };
}

function namesFile(value: unknown): boolean {
  return Array.isArray(value) && value.some(path => typeof path === "string" && /^[^*?]*\.[cm]?[jt]sx?$/.test(path));
}

function missingReferences(references: NonNullable<Configuration["references"]>): readonly string[] {
  return references
    .filter(({ path }) => !existsSync(path))
    .map(({ path }) => `Refers to \`${path}\`, which is not there.`);
}

const EMPTY = { fileNames: [], options: {}, references: undefined, listsFiles: false };

function tryRead(api: API, file: string): ReturnType<API["readConfigFile"]> | string {
  try {
    return api.readConfigFile(file);
  } catch (error) {
    // A directory of that name, or a file that may not be read.
    return `Cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Packages of the workspace that are not linked (nothing is installed yet) can still be extended. */
function withExtendsFound(config: unknown, directory: string, workspaces: Workspaces): unknown {
  const entries = entriesOf(config);
  const written = entries.find(([key]) => key === "extends")?.[1];
  if (written === undefined) return config;
  const found = (Array.isArray(written) ? written : [written]).map((base: unknown) =>
    typeof base === "string" ? (extendedFile(base, directory, workspaces) ?? base) : base,
  );
  return { ...Object.fromEntries(entries), extends: Array.isArray(written) ? found : found[0] };
}

function extendedFile(base: string, directory: string, workspaces: Workspaces): string | undefined {
  const [, name, rest] = /^((?:@[^/]+\/)?[^./@][^/]*)\/?(.*)$/.exec(base) ?? [];
  if (name === undefined || installedDirectoryOf(name, directory) !== undefined) return undefined;
  const home = workspaces.of(directory)?.packages.find(candidate => candidate.name === name)?.directory;
  if (home === undefined) return undefined;
  const file = `${home}/${rest === undefined || rest === "" ? "tsconfig.json" : rest}`;
  return [file, `${file}.json`].find(candidate => candidate.endsWith(".json") && existsSync(candidate));
}

const UNKNOWN_OPTION = 5023;

/** An `extends` that leads nowhere or in a circle, a root that is no object, a value of the wrong type. */
const BROKEN: ReadonlyMap<number, string | undefined> = new Map([
  [5024, undefined],
  [5083, undefined],
  [5092, undefined],
  [6053, undefined],
  [18000, "Its `extends` leads back to itself."],
]);

/** Below 2000 lie errors of syntax; unknown options and values are those of another compiler version, and no harm. */
function problemsOf(errors: readonly Diagnostic[]): readonly string[] {
  const broken = errors.filter(({ code }) => code < 2000 || BROKEN.has(code));
  return [...new Set(broken.map(({ code, text }) => BROKEN.get(code) ?? text))];
}
