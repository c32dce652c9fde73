/** From a pinned package to a project on disk that holds the analysed files, their dependencies and one tsconfig. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve, sep } from "node:path";
import { install, packTarball, unpack } from "./npm.ts";
import type { BenchPackage, CompilerOptions } from "./packages.ts";

/** A package made ready: every tool runs in `folder` and sees the same `files`. */
export interface Project {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly files: number;
  readonly lines: number;
}

const SHARED_OPTIONS: CompilerOptions = {
  target: "es2023",
  lib: ["es2023", "dom", "dom.iterable"],
  module: "esnext",
  moduleResolution: "bundler",
  types: ["node"],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
};

const TYPESCRIPT_FILE = /\.[cm]?tsx?$/;
const JAVASCRIPT_FILE = /\.[cm]?jsx?$/;

/** Prepares one package below `cache`; does nothing when it is there as it is pinned. */
export async function prepareProject(spec: BenchPackage, cache: string): Promise<Project> {
  const folder = join(cache, "packages", `${spec.name.replace("/", "__")}@${spec.version}`);
  const marker = join(folder, "prepared.json");
  const pinned = JSON.stringify({ spec, shared: SHARED_OPTIONS });
  if (!existsSync(marker) || readMarker(marker).pinned !== pinned) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await unpackInto(folder, spec);
    const analysed = keepAnalysed(folder, spec);
    writeProject(folder, spec);
    await install(folder);
    const lines = analysed.reduce((sum, file) => sum + readFileSync(file, "utf8").split("\n").length - 1, 0);
    writeFileSync(marker, JSON.stringify({ pinned, files: analysed.length, lines }));
  }
  const { files, lines } = readMarker(marker);
  return { name: spec.name, version: spec.version, folder, files, lines };
}

/** A folder as it is, of which only the tools say how many files they look at. */
export function projectIn(folder: string): Project {
  return { name: basename(resolve(folder)), version: "", folder: resolve(folder), files: 0, lines: 0 };
}

/** The one tsconfig that all tools share. */
export function tsconfigOf(spec: BenchPackage): object {
  return {
    compilerOptions: { ...SHARED_OPTIONS, ...spec.compilerOptions },
    include: spec.folders.map(folder => (folder === "." ? "**/*" : `${folder}/**/*`)),
    exclude: ["node_modules"],
  };
}

interface Marker {
  readonly pinned: string;
  readonly files: number;
  readonly lines: number;
}

function readMarker(file: string): Marker {
  return JSON.parse(readFileSync(file, "utf8")) as Marker;
}

async function unpackInto(folder: string, spec: BenchPackage): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "review-bench-"));
  try {
    const tarball = await packTarball(`${spec.name}@${spec.version}`, spec.integrity, scratch);
    await unpack(tarball, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Removes all that is not analysed, compiled copies and configuration of other tools above all, and answers with
 * the files that remain: a tool that is pointed at the folder then needs no list of files to see the right ones.
 */
function keepAnalysed(folder: string, spec: BenchPackage): readonly string[] {
  const allowJs = spec.compilerOptions["allowJs"] === true;
  const isAnalysed = (file: string): boolean => TYPESCRIPT_FILE.test(file) || (allowJs && JAVASCRIPT_FILE.test(file));
  const kept: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join("/");
    if (isWithin(path, spec.folders) && !isWithin(path, spec.without) && isAnalysed(path)) kept.push(file);
    else if (path !== "package.json") rmSync(file);
  }
  return kept.sort();
}

function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some(folder => folder === "." || path.startsWith(`${folder}/`));
}

/** The package's own package.json keeps what decides resolution; its development dependencies would cost minutes. */
function writeProject(folder: string, spec: BenchPackage): void {
  const file = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const { name, version, type, exports, imports, dependencies } = manifest;
  const kept = { name, version, type, exports, imports, dependencies: { ...(dependencies ?? {}), ...spec.types } };
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  writeFileSync(join(folder, "tsconfig.json"), `${JSON.stringify(tsconfigOf(spec), null, 2)}\n`);
}
