/** Node's process, events, paths, timers, utilities and the rest of what servers and tools call. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { ASKS, classesOf, EFFECT, exportsOf, FRESH, globals, membersOf, PURE, staticsOf } from "../rows.ts";

const LATER: ArgumentFacts = { called: "once", when: "later", promise: "ignored", uses: ["stored"] };
const OFTEN: ArgumentFacts = { ...LATER, called: "many" };
const MS: ArgumentFacts = { unit: "ms" };
const EMITTERS =
  "EventEmitter Process Readable Writable Duplex Server Socket ChildProcess Interface Worker ClientRequest Http2Session";
const ADDS: Facts = {
  ...EFFECT,
  returns: { same: "receiver" },
  takes: { 1: OFTEN },
  listener: { does: "adds", event: 0, handler: 1, partners: ["off", "removeListener"] },
};
const REMOVES: Facts = {
  ...EFFECT,
  returns: { same: "receiver" },
  listener: { does: "removes", event: 0, handler: 1, partners: ["on", "addListener", "once", "prependListener"] },
};
const PICKY: Facts = { pure: true, throws: "yes" };

export const node: Library = {
  name: "node",
  versions: ">=18",
  models: [
    staticsOf("process", "exit abort", { pure: false, ends: "exits" }),
    exportsOf("process", "exit abort", { pure: false, ends: "exits" }),
    staticsOf("process", "cwd uptime memoryUsage cpuUsage", PURE),
    staticsOf("process", "hrtime", PURE),
    staticsOf("process", "nextTick", { ...EFFECT, takes: { 0: LATER } }),
    staticsOf("process", "emitWarning kill", { pure: false }),
    // A module is loaded once, and loading it is not what anybody asks for.
    globals("require", PURE),
    globals("setImmediate", { ...EFFECT, takes: { 0: LATER } }),
    globals("clearImmediate", { ...EFFECT, releases: 0 }),
    exportsOf("timers", "setTimeout", { ...EFFECT, takes: { 0: LATER, 1: MS } }),
    exportsOf("timers", "setInterval", { ...EFFECT, takes: { 0: OFTEN, 1: MS } }),
    exportsOf("timers/promises", "setTimeout", { ...EFFECT, rejects: "no", takes: { 0: MS } }),
    exportsOf("timers/promises", "setImmediate", { ...EFFECT, rejects: "no" }),
    ...membersOf("Timeout", "unref ref", { ...EFFECT, returns: { same: "receiver" } }),
    ...membersOf(EMITTERS, "on addListener prependListener", ADDS),
    ...membersOf(EMITTERS, "once prependOnceListener", { ...ADDS, takes: { 1: LATER } }),
    ...membersOf("EventEmitter", "off removeListener", REMOVES),
    ...membersOf("EventEmitter", "removeAllListeners setMaxListeners", EFFECT),
    ...membersOf("EventEmitter", "listenerCount listeners eventNames getMaxListeners", PURE),
    exportsOf("events", "once", ASKS),
    exportsOf("path", "basename dirname extname format isAbsolute join normalize parse relative resolve", PURE),
    exportsOf("path", "posix.basename posix.dirname posix.join posix.relative posix.resolve posix.normalize", PURE),
    exportsOf("path", "win32.basename win32.dirname win32.join win32.relative win32.resolve win32.normalize", PURE),
    exportsOf("os", "cpus homedir hostname platform release tmpdir totalmem freemem type uptime arch", PURE),
    exportsOf("url", "fileURLToPath", PICKY),
    exportsOf("url", "pathToFileURL", FRESH),
    exportsOf("url", "parse format resolve", PURE),
    exportsOf("querystring", "parse stringify", PURE),
    exportsOf("util", "format", { ...PURE, format: { at: 0, letters: "sdifjoOc", showsRest: true } }),
    exportsOf("util", "inspect", { ...PURE, takes: { 0: { uses: ["stringified"] } } }),
    exportsOf("util", "isDeepStrictEqual", { ...PURE, takes: { "*": { uses: ["compared"] } } }),
    exportsOf("util", "promisify callbackify deprecate", FRESH),
    exportsOf("util", "stripVTControlCharacters", PURE),
    exportsOf("assert", "fail", { pure: false, ends: "throws" }),
    exportsOf(
      "assert",
      "default ok equal notEqual strictEqual notStrictEqual deepEqual deepStrictEqual match doesNotMatch throws " +
        "strict strict.equal strict.deepEqual strict.ok",
      { pure: false, throws: "yes" },
    ),
    exportsOf("assert", "rejects doesNotReject", ASKS),
    exportsOf("crypto", "randomBytes", PURE),
    exportsOf("crypto", "randomUUID randomInt", PURE),
    exportsOf("crypto", "createHash createHmac", { ...PICKY, returns: { fresh: true } }),
    exportsOf("crypto", "timingSafeEqual", PICKY),
    ...membersOf("Hash Hmac", "update", {
      pure: false,
      throws: "yes",
      changes: "receiver",
      returns: { same: "receiver" },
    }),
    ...membersOf("Hash Hmac", "digest", { pure: false, throws: "yes" }),
    staticsOf("Buffer", "from alloc allocUnsafe concat", { ...PICKY, returns: { fresh: true } }),
    staticsOf("Buffer", "isBuffer byteLength isEncoding compare", PURE),
    ...membersOf("Buffer", "toString equals compare toJSON", PURE),
    ...membersOf("Buffer", "write", { pure: false, throws: "yes", changes: "receiver" }),
    ...membersOf("ServerResponse", "writeHead", { pure: false, throws: "yes", response: "writes" }),
    ...membersOf("OutgoingMessage", "setHeader", { pure: false, throws: "yes", response: "writes" }),
    ...membersOf("OutgoingMessage", "getHeader", { ...PURE, returns: { absent: "undefined" } }),
    ...membersOf("ServerResponse", "end", { ...EFFECT, response: "ends" }),
    ...membersOf("ServerResponse", "write", { ...EFFECT, response: "writes" }),
    exportsOf("http", "createServer", { ...EFFECT, takes: { 0: OFTEN, 1: OFTEN }, returns: { fresh: true } }),
    exportsOf("http", "request get", { ...EFFECT, takes: { 1: LATER, 2: LATER } }),
    exportsOf("https", "createServer", { ...EFFECT, takes: { 0: OFTEN, 1: OFTEN }, returns: { fresh: true } }),
    exportsOf("https", "request get", { ...EFFECT, takes: { 1: LATER, 2: LATER } }),
    exportsOf("net", "createServer", { ...EFFECT, takes: { 0: OFTEN, 1: OFTEN }, returns: { fresh: true } }),
    exportsOf("net", "connect createConnection", { ...EFFECT, acquires: { releasedBy: ["end", "destroy"] } }),
    exportsOf("readline", "createInterface", { ...EFFECT, acquires: { releasedBy: ["close"] } }),
    exportsOf("perf_hooks", "performance.now", { ...PURE, returns: { unit: "ms" } }),
    classesOf("async_hooks", "AsyncLocalStorage", FRESH),
    classesOf("events", "EventEmitter default", FRESH),
  ],
};
