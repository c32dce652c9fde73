/** From bytes to text, or the reason why the bytes are none. */

/** Decoded bytes. */
export type Decoded =
  | { readonly kind: "text"; readonly text: string; readonly bom: boolean }
  | { readonly kind: "undecodable"; readonly reason: string };

/** How far a NUL byte tells that a file is no text: the distance that git looks. */
const BINARY_PROBE = 8000;

/** Reads bytes as UTF-8, strictly: a replaced byte would move every offset after it. */
export function decode(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) return { kind: "undecodable", reason: "not UTF-8 (it is UTF-16)" };
  if (bytes.subarray(0, BINARY_PROBE).includes(0)) return { kind: "undecodable", reason: "binary" };
  try {
    return { kind: "text", ...withoutBom(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)) };
  } catch {
    return { kind: "undecodable", reason: "not UTF-8" };
  }
}

/** The text and whether a byte-order mark stood before it. */
export function withoutBom(text: string): { readonly text: string; readonly bom: boolean } {
  const bom = text.startsWith("\uFEFF");
  return { text: bom ? text.slice(1) : text, bom };
}

function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
