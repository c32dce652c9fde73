/** The memory of a process and of all that it has started: limits of single processes add up. */
import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 200;
/** Of all Linux systems that Node runs on for x64, and a lower bound for others. */
const PAGE = 4_096;

/** Calls back once when the processes below `pid` take more than `most` bytes; the answer ends the watch. */
export function watchMemory(pid: number | undefined, most: number, onTooMuch: () => void): () => void {
  const timer = setInterval(() => {
    if (pid === undefined || pagesBelow(pid) * PAGE <= most) return;
    clearInterval(timer);
    onTooMuch();
  }, EVERY_MS);
  return () => clearInterval(timer);
}

function pagesBelow(root: number): number {
  const children = new Map<number, number[]>();
  const pages = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
    if (!stat) continue;
    pages.set(Number(name), stat.pages);
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)]);
  }
  let sum = 0;
  const left = [root];
  for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
    sum += pages.get(pid) ?? 0;
    left.push(...(children.get(pid) ?? []));
  }
  return sum;
}

/** A name may hold anything, so the fields are counted from its closing bracket. */
function statOf(name: string): { readonly parent: number; readonly pages: number } | undefined {
  try {
    const text = readFileSync(`/proc/${name}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), pages: Number(fields[21]) };
  } catch {
    return undefined;
  }
}
