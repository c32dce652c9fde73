/** What a process and all that it started use, read from Linux's /proc while they run. */
import { readdirSync, readFileSync } from "node:fs";

/** One look at one process. */
interface Sample {
  /** Process ids are used again; with its start time a process is itself. */
  readonly startTime: string;
  readonly cpuTicks: number;
  readonly residentBytes: number;
}

/** User-visible clock ticks a second on Linux, whatever the kernel's own rate is. */
const TICKS_PER_SECOND = 100;

/**
 * Follows the processes below one process. `sample` is to be called often; a process that was seen once is followed
 * until it ends, also when its parent goes away first.
 */
export class ProcessTree {
  readonly #root: number;
  readonly #startTimes = new Map<number, string>();
  readonly #ticks = new Map<string, number>();
  #peakBytes = 0;

  constructor(root: number) {
    this.#root = root;
  }

  /** Looks once at every process of the tree; the root itself, a mere launcher, does not count. */
  sample(): void {
    for (const pid of descendantsOf(this.#root)) {
      const seen = sampleOf(pid);
      if (seen && !this.#startTimes.has(pid)) this.#startTimes.set(pid, seen.startTime);
    }
    let bytes = 0;
    for (const [pid, startTime] of this.#startTimes) {
      const seen = sampleOf(pid);
      if (seen?.startTime !== startTime) {
        this.#startTimes.delete(pid);
        continue;
      }
      bytes += seen.residentBytes;
      this.#ticks.set(`${pid}:${startTime}`, seen.cpuTicks);
    }
    this.#peakBytes = Math.max(this.#peakBytes, bytes);
  }

  /** The largest sum of resident memory over all processes at one moment, in bytes. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** User and system time of all processes, as far as it was seen, in seconds. */
  get cpuSeconds(): number {
    return [...this.#ticks.values()].reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
  }

  /** The processes that still run. */
  alive(): readonly number[] {
    this.sample();
    return [...this.#startTimes.keys()];
  }
}

function descendantsOf(pid: number): readonly number[] {
  return childrenOf(pid).flatMap(child => [child, ...descendantsOf(child)]);
}

/** Each thread of a process has its own list of children. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(task => {
      const list = readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim();
      return list === "" ? [] : list.split(" ").map(Number);
    });
  } catch {
    return [];
  }
}

/** Undefined for a process that has ended, also when its parent has not taken note of it. */
function sampleOf(pid: number): Sample | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before it is in brackets and may hold blanks.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return {
      startTime: fields[18] ?? "",
      cpuTicks: Number(fields[10]) + Number(fields[11]),
      residentBytes: resident ? Number(resident[1]) * 1024 : 0,
    };
  } catch {
    return undefined;
  }
}
