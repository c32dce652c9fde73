/** The sources that the sample report speaks of. */
import type { Location } from "@review/findings";

const checkout = `import { save } from "../db/client";
import { Cart, total } from "./cart";

export async function checkout(cart: Cart): Promise<void> {
  if (cart.items.length > 0) {
    save(cart);
    await notify(cart.owner, \`You paid \${total(cart)}\`);
  }
}

export function open(carts: Cart[], wanted: number): Cart | undefined {
  const seen = new Set<Cart>();
  // Several lines of no interest
  // stand between the set
  // and its use.
  if (seen.has({ ...carts[0]! })) return undefined;
  return carts.filter(async cart => await isOpen(cart, wanted))[0];
}
`;

const client = `export interface Row {
  id: string;
}

export async function save(row: object): Promise<Row> {
  return insert(row);
}
`.replaceAll("\n", "\r\n");

const read = `export function read(path: string): Promise<string> {
\treturn new Promise(resolve => {
\t\tconst stream = open(path); // 読み込み 👩‍👩‍👧 é
\t\tif (stream === undefined) {
\t\t\treturn;
\t\t}
\t\tstream.once("data", chunk => {
\t\t\tlog("読み込み", chunk);
\t\t\tresolve(String(chunk));
\t\t});
\t});
}
`;

const numbers = Array.from({ length: 60 }, (_, index) => index * 7).join(", ");
const tables = `export const rows = [${numbers}].sort(); const bell = "\u001b[2J\u0007\u202e";\n`;

/** The text of each file by its name. */
export const texts: ReadonlyMap<string, string> = new Map([
  ["src/orders/checkout.ts", checkout],
  ["src/db/client.ts", client],
  ["src/read.ts", read],
  ["src/tables/códigos ü.ts", tables],
]);

/** The place of a piece of code within the nth occurrence of its surroundings. */
export function at(file: string, surroundings: string, code: string = surroundings): Location {
  const text = texts.get(file) ?? "";
  const outer = text.indexOf(surroundings);
  const inner = surroundings.indexOf(code);
  if (outer === -1 || inner === -1) throw new Error(`${file} does not hold ${surroundings} with ${code}`);
  return { file, span: { start: outer + inner, end: outer + inner + code.length } };
}
