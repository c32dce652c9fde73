/** Names that some environment of JavaScript defines: browsers, Node, test runners, libraries of old pages. */
import globals from "globals";

/** What a shell's commands are called (`error`, `find`, `test`) is global only where a script asks for that. */
const { shelljs: shell, ...environments } = globals;

const NAMES: ReadonlySet<string> = new Set([
  ...Object.values(environments).flatMap(environment => Object.keys(environment)),
  // A package of Meteor's that its list of names leaves out.
  "OAuth",
  // What Sails and the cloud code of Parse Server find as globals.
  ...["sails", "Parse"],
  ...["arguments", "undefined", "NaN", "Infinity", "exports", "require", "module", "__dirname", "__filename"],
]);

/** What every environment has. */
export const LANGUAGE_NAMES: readonly string[] = [...Object.keys(globals.builtin), "console"];

/** Whether a file may rely on a name without declaring it. */
export function isOfSomeEnvironment(name: string): boolean {
  return NAMES.has(name);
}

/** The commands of a shell that a file may use by their names. */
export function namesOfShell(text: string): readonly string[] {
  return text.includes("shelljs") ? Object.keys(shell) : [];
}

/** Names that only a page or a worker has. */
export const OF_PAGES: ReadonlySet<string> = new Set(["window", "document", "navigator", "importScripts"]);

/** Modules of Node that code reads members of under their own name. */
export const BUILTIN_MODULES: ReadonlySet<string> = new Set([
  ...["assert", "child_process", "cluster", "dns", "fs", "http", "http2", "https", "net", "os", "path"],
  ...["querystring", "readline", "tls", "tty", "url", "util", "vm", "zlib"],
]);
