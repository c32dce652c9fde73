/** How many tokens a text is likely to take. No model's own table is at hand, so it is counted in pieces that tables have in common. */
import type { Conversation } from "../prompt.ts";

/** What a chat adds around a message, and the instructions are one. */
const AROUND_A_MESSAGE = 12;

/**
 * Letters come six to a token where they are ASCII and one where they are not, digits and other signs two, a line break and its
 * indentation in most of one, and a single blank belongs to the word behind it. For prompts of ours that is up to a tenth more
 * than what the tables of current models give, and a sixth less than what small older ones do.
 */
export function tokensOf({ instructions, turns }: Pick<Conversation, "instructions" | "turns">): number {
  const texts = [instructions, ...turns.map(turn => turn.text)];
  return texts.reduce((sum, text) => sum + tokensIn(text) + AROUND_A_MESSAGE, 0);
}

function tokensIn(text: string): number {
  let sum = 0;
  for (const [piece] of text.matchAll(/[A-Za-z]+|\p{L}+|\p{N}+|\s+|[^\p{L}\p{N}\s]+/gu)) sum += tokensOfPiece(piece);
  return sum;
}

function tokensOfPiece(piece: string): number {
  if (piece === " ") return 0;
  if (/^\s/.test(piece)) return 0.8;
  if (/^[A-Za-z]/.test(piece)) return Math.max(1, piece.length / 6);
  if (/^\p{L}/u.test(piece)) return piece.length;
  return Math.max(1, piece.length / 2);
}
