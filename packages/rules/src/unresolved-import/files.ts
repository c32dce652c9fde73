/** The files around an import, and which of them a path that leads to none may have meant. */
import { posix } from "node:path";
import { isMistyped } from "@review/analysis";
import { namesInFolder } from "@review/program";

/**
 * The specifier to write instead of one that leads nowhere: the same but for capitals and hyphens, or one slip away, or in the
 * folder above or below. Undefined where the file may come from a build, be of another kind, or is not alike any other.
 */
export function meantBy(importer: string, specifier: string): string | undefined {
  if (!/^\.\.?\//.test(specifier) || OTHER_LOADERS.test(specifier) || BUILT.test(specifier)) return undefined;
  const target = posix.join(posix.dirname(importer), specifier);
  const names = namesInFolder(posix.dirname(target));
  const base = posix.basename(target);
  // What is there under another extension is loaded by something else than the compiler.
  if (names.some(name => name === base || name.startsWith(`${base}.`))) return undefined;
  const meant = names.length > 0 ? alike(base, names) : undefined;
  if (meant !== undefined) return specifier.slice(0, specifier.length - base.length) + meant;
  return elsewhere(importer, specifier, base);
}

/** Queries and prefixes of bundlers. */
const OTHER_LOADERS = /[?!*#]|^data:/;

const BUILT =
  /(?:^|\/)(?:dist|build|built|out|output|generated|gen|coverage|vendor|node_modules|public|static|tmp)(?:\/|$)/i;

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** A name of the folder that a person would take for the other; with the extension where that was written too. */
function alike(base: string, names: readonly string[]): string | undefined {
  const isBare = !CODE.test(base);
  const candidates = names.filter(name => CODE.test(name) || !name.includes(".")).map(name => bare(name, isBare));
  const same = candidates.filter(name => plain(name) === plain(base));
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  if (base.length < SHORTEST) return undefined;
  const near = [...new Set(candidates)].filter(name => isMistyped(base, name));
  return near.length === 1 ? near[0] : undefined;
}

/** Short names are one slip away from many. */
const SHORTEST = 5;

function bare(name: string, isBare: boolean): string {
  return isBare ? name.replace(/\.d(?=\.[cm]?ts$)/, "").replace(CODE, "") : name;
}

/** Without what tells styles of names apart. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

/** `../name` for `./name`, and the other way round. */
function elsewhere(importer: string, specifier: string, base: string): string | undefined {
  if (base.length < SHORTEST) return undefined;
  const other = specifier.startsWith("./")
    ? `.${specifier}`
    : specifier.replace(/^\.\.\//, "./").replace(/^\.\/\.\./, "..");
  const target = posix.join(posix.dirname(importer), other);
  const isThere = namesInFolder(posix.dirname(target)).some(
    name => bare(name, !CODE.test(base)) === base && CODE.test(name),
  );
  return isThere && target !== importer && bare(target, true) !== bare(importer, true) ? other : undefined;
}
