/** Names that some environment of JavaScript defines: browsers, Node, test runners, libraries of old pages. */
import globals from "globals";

const NAMES: ReadonlySet<string> = new Set([
  ...Object.values(globals).flatMap(environment => Object.keys(environment)),
  ...["arguments", "undefined", "NaN", "Infinity", "exports", "require", "module", "__dirname", "__filename"],
]);

/** Whether a file may rely on a name without declaring it. */
export function isOfSomeEnvironment(name: string): boolean {
  return NAMES.has(name);
}

/** Modules of Node that code reads members of under their own name. */
export const BUILTIN_MODULES: ReadonlySet<string> = new Set([
  ...["assert", "child_process", "cluster", "dns", "fs", "http", "http2", "https", "net", "os", "path"],
  ...["querystring", "readline", "tls", "tty", "url", "util", "vm", "zlib"],
]);
