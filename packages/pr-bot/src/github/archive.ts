/**
 * Reads archives as git makes them and GitHub gives them out, while they arrive: what is not wanted is passed over, and nothing is
 * written under a name that stands in one.
 */

export interface ArchivedFile {
  /** Without the folder that GitHub puts everything into. */
  readonly path: string;
  readonly content: Buffer;
}

const BLOCK = 512;
/** A path in bytes, with what stands around it. */
const LONGEST_RECORD = 64 * 1024;

/** The plain files that are wanted, as they come. An archive that ends too early just ends. */
export async function* filesIn(
  bytes: AsyncIterable<Buffer>,
  isWanted: (path: string, size: number) => boolean,
): AsyncGenerator<ArchivedFile> {
  const reader = createReader(bytes);
  let more: Extended = {};
  for (;;) {
    const header = headerIn(await reader.take(BLOCK));
    if (!header) return;
    const size = more.size ?? header.size;
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (header.type === "x" && size <= LONGEST_RECORD) {
      more = extendedIn((await reader.take(padded)).subarray(0, size));
      continue;
    }
    const path = (more.path ?? header.path).replace(/^[^/]*\//, "");
    if (header.type === "0" && isWanted(path, size)) {
      yield { path, content: (await reader.take(padded)).subarray(0, size) };
    } else await reader.skip(padded);
    if (header.type !== "g") more = {};
  }
}

interface Header {
  readonly path: string;
  readonly size: number;
  /** "0" for a plain file, "x" for what belongs to the next entry, "g" for what belongs to all. */
  readonly type: string;
}

/** Undefined for the end, or for what is no archive. */
function headerIn(block: Buffer): Header | undefined {
  if (block.length < BLOCK || block[0] === 0) return undefined;
  const field = (from: number, length: number): string => {
    const bytes = block.subarray(from, from + length);
    const end = bytes.indexOf(0);
    return bytes.subarray(0, end < 0 ? length : end).toString("utf8");
  };
  const size = Number.parseInt(field(124, 12), 8);
  if (!Number.isSafeInteger(size) || size < 0) return undefined;
  const prefix = field(345, 155);
  const path = field(0, 100);
  return { path: prefix === "" ? path : `${prefix}/${path}`, size, type: field(156, 1) || "0" };
}

/** What did not fit into a header. */
interface Extended {
  readonly path?: string;
  readonly size?: number;
}

/** `LENGTH KEY=VALUE`, a line feed, and so on; the length counts all of it. */
function extendedIn(records: Buffer): Extended {
  const found = new Map<string, string>();
  for (let at = 0; at < records.length;) {
    const length = Number.parseInt(records.subarray(at, at + 12).toString("latin1"), 10);
    if (!(length > 0)) break;
    const [, key = "", value = ""] =
      /^\d+ ([^=]+)=(.*)\n$/s.exec(records.subarray(at, at + length).toString("utf8")) ?? [];
    found.set(key, value);
    at += length;
  }
  const [path, size] = [found.get("path"), Number(found.get("size") ?? NaN)];
  return { ...(path === undefined ? {} : { path }), ...(Number.isSafeInteger(size) && size >= 0 ? { size } : {}) };
}

interface Reader {
  /** So many bytes, or fewer at the end. */
  readonly take: (count: number) => Promise<Buffer>;
  readonly skip: (count: number) => Promise<void>;
}

function createReader(bytes: AsyncIterable<Buffer>): Reader {
  const iterator = bytes[Symbol.asyncIterator]();
  let rest = Buffer.alloc(0);
  const pull = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) return false;
    rest = rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([rest, next.value]);
    return true;
  };
  return {
    take: async count => {
      while (rest.length < count && (await pull()));
      const part = rest.subarray(0, count);
      rest = rest.subarray(count);
      return part;
    },
    skip: async count => {
      let left = count;
      while (left > rest.length) {
        left -= rest.length;
        rest = Buffer.alloc(0);
        if (!(await pull())) return;
      }
      rest = rest.subarray(left);
    },
  };
}
