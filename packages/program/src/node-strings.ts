/** A memory for the strings of syntax trees: the compiler's client decodes a name anew each time that it is read. */
import type { Node, SourceFile } from "typescript/ast";

/** What all nodes of the client share, by names that are not public. */
interface Decoder {
  readonly sourceFile: SourceFile;
  getString: (this: Decoder, index: number) => string;
}

const prepared = new WeakSet<object>();

/**
 * Has all nodes that are made like this one keep their strings, by file, for as long as the tree of the file lives. Does
 * nothing where a later version of the client reads its strings in another way.
 */
export function rememberStrings(node: Node): void {
  const decoder = decoderOf(node);
  if (!decoder || prepared.has(decoder)) return;
  prepared.add(decoder);
  const decode = decoder.getString;
  const ofFile = new WeakMap<SourceFile, string[]>();
  // Names are read file by file: the last one is nearly always the next one.
  let file: SourceFile | undefined;
  let strings: string[] = [];
  decoder.getString = function (index) {
    if (this.sourceFile !== file) {
      file = this.sourceFile;
      const known = ofFile.get(file);
      strings = known ?? [];
      if (!known) ofFile.set(file, strings);
    }
    return (strings[index] ??= decode.call(this, index));
  };
}

function decoderOf(node: Node): Decoder | undefined {
  for (let at = node as object | null; at; at = Object.getPrototypeOf(at) as object | null) {
    if (Object.hasOwn(at, "getString")) return at as Decoder;
  }
  return undefined;
}
