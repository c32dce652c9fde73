/** A lock file, so that two bootstraps at once do not install or build over each other. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { say } from "./run.mjs";

/**
 * Takes the lock, waiting for its holder; answers with its release. A holder is taken for dead when its process is
 * gone or, since the process may belong to another machine or its number to another program, after a silent minute.
 */
export async function lock(file) {
  const owner = JSON.stringify({ pid: process.pid, host: os.hostname(), token: Math.random() });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  let watched = { beat: "", since: Date.now() };
  while (!writeNew(file, owner)) {
    const beat = heartbeat(file);
    if (beat !== watched.beat) watched = { beat, since: Date.now() };
    if (isDead(beat) || Date.now() - watched.since > 60_000) breakLock(file, beat);
    else if (!told) say("Another run is preparing this workspace; waiting for it …");
    told = true;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  const beating = setInterval(() => touch(file), 5_000);
  const release = () => {
    clearInterval(beating);
    process.removeListener("exit", release);
    if (heartbeat(file).endsWith(` ${owner}`)) fs.rmSync(file, { force: true });
  };
  process.on("exit", release);
  return release;
}

function writeNew(file, text) {
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    // Windows answers EPERM while a deleted file is still open elsewhere.
    if (error.code === "EEXIST" || (error.code === "EPERM" && process.platform === "win32")) return false;
    throw error;
  }
}

/** The lock's owner and the time of its last sign of life. */
function heartbeat(file) {
  try {
    return `${fs.statSync(file).mtimeMs} ${fs.readFileSync(file, "utf8")}`;
  } catch {
    return "";
  }
}

function isDead(beat) {
  try {
    const { pid, host } = JSON.parse(beat.slice(beat.indexOf(" ") + 1));
    if (host !== os.hostname()) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Removes a dead lock; the folder beside it lets one bootstrap at a time do so, lest one removes a new owner's lock. */
function breakLock(file, beat) {
  const breaker = `${file}.break`;
  try {
    fs.mkdirSync(breaker);
  } catch {
    const made = fs.existsSync(breaker) ? fs.statSync(breaker).mtimeMs : Date.now();
    if (Date.now() - made > 60_000) fs.rmdirSync(breaker);
    return;
  }
  if (heartbeat(file) === beat) fs.rmSync(file, { force: true });
  fs.rmdirSync(breaker);
}

function touch(file) {
  try {
    fs.utimesSync(file, new Date(), new Date());
  } catch {
    // Whoever broke the lock has taken us for dead; the release then leaves the new owner's lock alone.
  }
}
