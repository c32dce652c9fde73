/** Names that files of a project import: what a file uses that its neighbours import from a module was to be imported, too. */
import { textOnDisk, type OpenProject } from "@review/program";
import { textsByPath } from "./project-texts.ts";

/** Where other files of the project have a name from. */
export interface ImportElsewhere {
  /** The first file that imports it, or the one that exports it where none does; an absolute path. */
  readonly path: string;
  /** What the import names; undefined where no file imports it. */
  readonly specifier: string | undefined;
  /** How many files import the name. */
  readonly files: number;
}

/** What the other files of the project import or export under a name, unless something makes a global of it. */
export type ImportedElsewhere = (name: string, path: string) => ImportElsewhere | undefined;

/** Whether so many other files use the name without having it that a framework makes it, or a linter is told of it. */
export type IsSharedName = (name: string, path: string) => boolean;

/** What the files of a project say together of names that one of them does not declare. */
export interface ProjectNames {
  readonly importedElsewhere: ImportedElsewhere;
  readonly isSharedName: IsSharedName;
}

/** The texts are looked at when it is asked first, and again once for each name. */
export function createProjectNames(project: OpenProject): ProjectNames {
  let modules: Modules | undefined;
  const known = new Map<string, Uses>();
  const usesOfName = (name: string): Uses => {
    let uses = known.get(name);
    if (!uses) known.set(name, (uses = usesOf(project, name)));
    return uses;
  };
  return {
    importedElsewhere(name, path) {
      modules ??= modulesOf(project);
      const found = importOf(modules, name, path) ?? exportOf(modules, name, path);
      return found && !isMadeGlobal(project, name, path, usesOfName) ? found : undefined;
    },
    isSharedName: (name, path) => isToldOf(name, path) || isUsedAllOver(usesOfName(name), path),
  };
}

interface Modules {
  readonly imports: ReadonlyMap<string, readonly Import[]>;
  /** The files that export a name. */
  readonly exports: ReadonlyMap<string, readonly string[]>;
  /** The neighbours that a file imports something from. */
  readonly imported: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Import {
  readonly path: string;
  readonly specifier: string;
}

/** A page may load a package by a script of its own for some of its modules: neighbours are more certain. */
function importOf({ imports }: Modules, name: string, path: string): ImportElsewhere | undefined {
  const others = (imports.get(name) ?? []).filter(each => each.path !== path);
  const first = others.find(each => each.specifier.startsWith(".")) ?? (others.length > 2 ? others[0] : undefined);
  return first && { ...first, files: others.length };
}

/** A build may give all modules what one of them exports: where a file imports others of its names, it does not. */
function exportOf({ exports, imported }: Modules, name: string, path: string): ImportElsewhere | undefined {
  const own = imported.get(path);
  const only = exports.get(name)?.find(each => own?.has(withoutEnding(locationOf(each))));
  return only === undefined || only === path ? undefined : { path: only, specifier: undefined, files: 0 };
}

function locationOf(path: string): string {
  return new URL(`file://${path}`).href;
}

function withoutEnding(location: string): string {
  return location.replace(/(?:\/index)?\.[cm]?[jt]sx?$/, "");
}

function modulesOf(project: OpenProject): Modules {
  const imports = new Map<string, Import[]>();
  const exports = new Map<string, string[]>();
  const imported = new Map<string, ReadonlySet<string>>();
  for (const [path, text] of textsByPath(project)) {
    imported.set(path, neighboursIn(path, text));
    for (const [name, specifier] of importsIn(text)) add(imports, name, { path, specifier });
    for (const name of exportsIn(text)) add(exports, name, path);
  }
  return { imports, exports, imported };
}

function add<T>(lists: Map<string, T[]>, name: string, one: T): void {
  const known = lists.get(name);
  if (known) known.push(one);
  else lists.set(name, [one]);
}

/** Each imported name with where it comes from. */
function importsIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, names = "", specifier = ""] of text.matchAll(IMPORTS)) {
    for (const name of namesIn(names)) found.set(name, specifier);
  }
  for (const [, names = "", specifier = ""] of text.matchAll(REQUIRES)) {
    for (const name of namesIn(names.replace(/:/g, " as "))) found.set(name, specifier);
  }
  return found;
}

const IMPORTS = /^import\s+(?!type\b)([\w$*{][^"';()=]*?)\s*\bfrom\s*["']([^"'\n]+)["']/gm;
const REQUIRES =
  /^(?:const|let|var)\s+(\{[^{}()=;]*\}|[\w$]+)\s*=\s*require\(\s*["']([^"'\n]+)["']\s*\)\s*(?=[;,\n]|$)/gm;

/** `Default, { a, b as c }`: the names that a file then has, less those of types. */
function namesIn(clause: string): readonly string[] {
  const parts = clause.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").split(/[{},]/);
  return parts.flatMap(part => {
    const [, name = ""] = /^\s*(?!type\s)(?:[\w$*]+\s+as\s+)?([\w$]+)\s*$/.exec(part) ?? [];
    return name === "" ? [] : [name];
  });
}

function neighboursIn(path: string, text: string): ReadonlySet<string> {
  const specifiers = [...text.matchAll(IMPORTS)].flatMap(([, , specifier = ""]) => specifier);
  const relative = specifiers.filter(specifier => specifier.startsWith("."));
  return new Set(relative.map(specifier => withoutEnding(new URL(specifier, locationOf(path)).href)));
}

function exportsIn(text: string): readonly string[] {
  const declared = [...text.matchAll(EXPORTS)].map(([, name = ""]) => name);
  const listed = [...text.matchAll(EXPORT_LISTS)].flatMap(([, names = ""]) => namesIn(names));
  return [...new Set([...declared, ...listed])];
}

const EXPORTS = /^export\s+(?:default\s+)?(?:async\s+)?(?:function\b\s*\*?|const|let|var|class)\s*([\w$]+)/gm;
const EXPORT_LISTS = /^export\s*\{([^{}()=;"']*)\}\s*(?!\s*from\b)/gm;

/** Some files may forget the same declaration; a word that most files declare is no framework's. */
function isUsedAllOver({ unbound, bound }: Uses, path: string): boolean {
  const others = unbound.filter(each => each !== path).length;
  return others > MOST_FORGETFUL && others > bound.filter(each => each !== path).length;
}

const MOST_FORGETFUL = 2;

/** `"name": true`, `name: "readonly"` */
function isToldOf(name: string, path: string): boolean {
  const told = new RegExp(`(?<![\\w$.-])${escaped(name)}["']?\\s*:\\s*(?:true|false|["'](?:readonly|writable)["'])`);
  return configurationsAbove(path).some(text => told.test(text)) || manifestsAbove(path).some(text => told.test(text));
}

/** Whether a file other than this one treats the name as a global, or the configuration of a tool speaks of it. */
function isMadeGlobal(project: OpenProject, name: string, path: string, usesOfName: (name: string) => Uses): boolean {
  const global = globalPattern(name);
  for (const [, text] of textsByPath(project)) if (text.includes(name) && global.test(text)) return true;
  if (usesOfName(name).unbound.some(each => each !== path)) return true;
  return configurationsAbove(path).some(text => new RegExp(`(?<![\\w$./-])${escaped(name)}(?![\\w$./-])`).test(text));
}

/** The files that use a name, with and without giving it to something. */
interface Uses {
  readonly unbound: readonly string[];
  readonly bound: readonly string[];
}

function usesOf(project: OpenProject, name: string): Uses {
  const use = usePattern(name);
  const binding = bindingPattern(name);
  const [unbound, bound]: [string[], string[]] = [[], []];
  for (const [path, text] of textsByPath(project)) {
    if (!text.includes(name) || !use.test(text)) continue;
    (binding.test(text) || importsIn(text).has(name) ? bound : unbound).push(path);
  }
  return { unbound, bound };
}

/** `window.name`, `self["name"]`, a declaration of a global, and the comment that announces one. */
function globalPattern(name: string): RegExp {
  const it = `${escaped(name)}(?![\\w$])`;
  const member = `\\b(?:window|globalThis|global|self|root)(?:\\s+as\\s+\\w+\\))?(?:\\??\\.|\\[["'\`])${it}`;
  const assigned = `\\bassign\\((?:window|globalThis|global|self),[^)]*\\b${it}`;
  const announced = `/\\*\\s*(?:globals?|exported)\\s[^*]*(?<![\\w$])${it}`;
  return new RegExp([member, assigned, announced, `\\bdeclare\\s+\\w+\\s+${it}`].join("|"));
}

/** Where the name stands for a value, as far as a line of text tells: no member, key, text or comment. */
function usePattern(name: string): RegExp {
  const it = escaped(name);
  const called = `(?<![\\w$.'"\`/#-])${it}\\s*[.(]|<${it}[\\s/>]`;
  const given = `(?:[=(,[!&|?:<>+{]|\\b(?:return|await|typeof|in|of))\\s*${it}\\s*[;,)\\]}&|=!?<>+[]`;
  return new RegExp(`^(?!\\s*(?:\\*|//)).*(?:${called}|${given})`, "m");
}

/** Whatever may give a file a variable of its own of that name. */
function bindingPattern(name: string): RegExp {
  const it = `(?<![\\w$.])${escaped(name)}(?![\\w$])`;
  const declared = `\\b(?:import|const|let|var|function\\*?|class|enum|namespace|type|interface)\\s+${it}`;
  const taken = `\\b(?:const|let|var)\\s*[{[][^=;]*${it}[^;]*?[}\\]]\\s*=|,\\s*${it}\\s*=(?!=)`;
  const parameter = `(?<!\\b(?:if|while|switch)\\s*)\\([^()]*${it}[^()]*\\)\\s*(?:=>|\\{|:)|${it}\\s*=>`;
  return new RegExp([declared, taken, parameter, `^\\s*(?:async\\s+)?${it}\\s*\\([^()]*\\)\\s*\\{`].join("|"), "m");
}

/** What linters and bundlers are told in the folders above a file. */
const configurationsAbove = textsAbove(() => CONFIGURATIONS);
const manifestsAbove = textsAbove(() => ["package.json"]);

function textsAbove(names: () => readonly string[]): (path: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const above = (path: string): readonly string[] => {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    let texts = known.get(folder);
    if (!texts) {
      const own = names().flatMap(name => textOnDisk(`${folder}/${name}`) ?? []);
      known.set(folder, (texts = folder === "" ? own : [...own, ...above(folder)]));
    }
    return texts;
  };
  return above;
}

const CONFIGURATIONS: readonly string[] = [
  ...[".eslintrc", ".eslintrc.json", ".eslintrc.js", ".eslintrc.cjs", ".eslintrc.yml", ".eslintrc.yaml", ".jshintrc"],
  ...["eslint.config.js", "eslint.config.mjs", "eslint.config.cjs", "eslint.config.ts", ".oxlintrc.json", "biome.json"],
  ...[
    "webpack.config.js",
    "webpack.config.ts",
    "vite.config.js",
    "vite.config.ts",
    "vite.config.mjs",
    "rollup.config.js",
  ],
  ...["nuxt.config.js", "nuxt.config.ts", "index.html"],
];

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
