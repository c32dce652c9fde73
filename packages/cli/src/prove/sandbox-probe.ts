/** What is run in a sandbox before anything else: it says `closed`, or names the first thing that is open. */
import { MOST_TASKS, TREE } from "./sandbox-setup.ts";

/** The script. */
export const PROBE: string = `
const fs = require("fs"), os = require("os");
const open = [];
const check = (name, isClosed) => { if (!isClosed) open.push(name); };
const refuses = act => { try { act(); return false; } catch { return true; } };
const status = fs.readFileSync("/proc/self/status", "utf8");
const limits = fs.readFileSync("/proc/self/limits", "utf8");
check("network", Object.keys(os.networkInterfaces()).length === 0);
check("environment", Object.keys(process.env).every(name => /^(PATH|HOME|TMPDIR|LANG|NODE_ENV|PWD|_|SHLVL)$/.test(name)));
check("files", fs.readdirSync("/").every(name => /^(bin|dev|etc|lib\\d*|nix|proc|root|home|opt|usr|tmp|tree|review|snap|mnt|srv|var)$/.test(name)));
check("settings", fs.readdirSync("/etc").every(name => name === "ld.so.cache"));
check("old root", !fs.existsSync("/old") && !fs.existsSync("/sys"));
check("root user", process.getuid() !== 0 && process.getgid() !== 0);
check("capabilities", /^CapEff:\\s*0+$/m.test(status) && /^CapPrm:\\s*0+$/m.test(status) && /^NoNewPrivs:\\s*1$/m.test(status));
check("processes", fs.readdirSync("/proc").filter(name => /^\\d+$/.test(name)).length < 12);
check("tree", refuses(() => fs.writeFileSync("${TREE}/probe", "")));
check("root folder", refuses(() => fs.writeFileSync("/probe", "")));
check("programs", refuses(() => fs.writeFileSync("/usr/bin/probe", "")));
check("number of processes", new RegExp("^Max processes +${MOST_TASKS} +${MOST_TASKS} ", "m").test(limits));
check("memory", /^Max data size +\\d+ +\\d+ /m.test(limits));
fs.writeFileSync("/tmp/probe", "");
console.log(open.length === 0 ? "closed" : open.join(", ") + " not closed off");
process.exitCode = open.length;
`;
