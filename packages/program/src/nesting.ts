/** How deep a file nests brackets: the time the compiler needs grows with the square of it, and a walk may overflow. */

/** Deeper than any code that a person wrote, and far from where either harm begins. */
export const DEEPEST = 500;

/** What a person is told of such a file. */
export const TOO_DEEP: string = `Nested deeper than ${String(DEEPEST)} brackets, which the compiler does not survive.`;

/** Whether brackets are nested deeper than {@link DEEPEST}; linear, and blind to what is code only when in doubt. */
export function isTooDeep(text: string): boolean {
  // Brackets in strings, comments and patterns are mostly paired, so that the careful count is rarely needed.
  return depthOf(text) > DEEPEST && depthOf(withoutTexts(text)) > DEEPEST;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const step = STEPS[text.charCodeAt(index)] ?? 0;
    depth = Math.max(0, depth + step);
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/** +1 and -1 by character code. */
const STEPS: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if ("([{".includes(character)) return 1;
  return ")]}".includes(character) ? -1 : 0;
});

/** Without comments and quoted strings; templates stay, since they nest code. */
function withoutTexts(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "");
}
