/** Node's file system, streams and child processes. */
import type { Facts, Library, Model } from "../facts.ts";
import { ASKS, ASKS_NOW, asksBack, EFFECT, exportsOf, membersOf, PURE } from "../rows.ts";

const TWO = "access chmod lstat mkdir mkdtemp open readFile readdir readlink realpath rm rmdir stat";
const THREE = "appendFile chown copyFile rename symlink truncate utimes writeFile";
const OPENED: Facts = { ...ASKS, acquires: { releasedBy: ["close"] } };
const RELEASED_BY_END: Facts = { ...EFFECT, acquires: { releasedBy: ["close", "destroy", "end"] } };

/** The promises of `fs` under both of their names. */
function fromPromises(members: string, facts: Facts): readonly Model[] {
  const dotted = members
    .split(" ")
    .map(name => `promises.${name}`)
    .join(" ");
  return [exportsOf("fs/promises", members, facts), exportsOf("fs", dotted, facts)];
}

export const nodeFiles: Library = {
  name: "node-files",
  versions: ">=18",
  models: [
    ...fromPromises(`${TWO.replace(" open", "")} ${THREE} unlink cp`, ASKS),
    ...fromPromises("open opendir", OPENED),
    ...fromPromises("watch", { ...EFFECT }),
    exportsOf("fs", TWO, { ...asksBack(1), takes: { 1: callback(), 2: callback() } }),
    exportsOf("fs", THREE, { ...EFFECT, takes: { 2: callback(), 3: callback() } }),
    exportsOf("fs", "unlink fsync", asksBack(1)),
    exportsOf("fs", "close", { ...asksBack(1), releases: 0 }),
    exportsOf("fs", "read write", { ...EFFECT, takes: { "*": callback() } }),
    exportsOf(
      "fs",
      "accessSync appendFileSync chmodSync chownSync copyFileSync cpSync fsyncSync lstatSync mkdirSync mkdtempSync " +
        "readFileSync readdirSync readlinkSync realpathSync renameSync rmSync rmdirSync statSync symlinkSync " +
        "truncateSync unlinkSync utimesSync writeFileSync readSync writeSync",
      ASKS_NOW,
    ),
    exportsOf("fs", "openSync", { ...ASKS_NOW, acquires: { releasedBy: ["closeSync", "close"] } }),
    exportsOf("fs", "opendirSync", { ...ASKS_NOW, acquires: { releasedBy: ["closeSync", "close"] } }),
    exportsOf("fs", "closeSync", { ...ASKS_NOW, releases: 0 }),
    exportsOf("fs", "existsSync", PURE),
    exportsOf("fs", "createReadStream createWriteStream", RELEASED_BY_END),
    exportsOf("fs", "watch", { ...ASKS_NOW, acquires: { releasedBy: ["close"] } }),
    exportsOf("fs", "watchFile", {
      ...EFFECT,
      listener: { does: "adds", event: 0, handler: 2, partners: ["unwatchFile"] },
    }),
    ...membersOf("FileHandle", "close", { ...ASKS, releases: "receiver" }),
    ...membersOf(
      "FileHandle",
      "appendFile chmod chown datasync read readFile stat sync truncate utimes write writeFile",
      ASKS,
    ),
    ...membersOf("Readable Writable", "destroy", { ...EFFECT, releases: "receiver" }),
    ...membersOf("Writable", "end", { ...EFFECT, releases: "receiver" }),
    ...membersOf("Writable", "write", EFFECT),
    exportsOf("stream", "pipeline finished", { ...EFFECT, takes: { "*": callback() } }),
    exportsOf("stream/promises", "pipeline finished", ASKS),
    exportsOf("child_process", "exec execFile", {
      ...EFFECT,
      takes: { 1: callback(), 2: callback(), 3: callback() },
    }),
    exportsOf("child_process", "spawn fork", EFFECT),
    exportsOf("child_process", "execSync execFileSync", ASKS_NOW),
    exportsOf("child_process", "spawnSync", EFFECT),
  ],
};

function callback(): NonNullable<Facts["takes"]>[string] {
  return { called: "once", when: "later", errorFirst: true, promise: "ignored" };
}
