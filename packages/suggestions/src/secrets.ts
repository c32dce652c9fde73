/** Recognises credentials by their well-known shapes, so that none is sent anywhere. */

const secretShapes: readonly (readonly [name: string, shape: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["an AWS access key", /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/],
  ["a GitHub token", /\b(?:gh[oprsu]_[A-Za-z0-9_.-]{20,}|github_pat_[A-Za-z0-9_]{20,})/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/],
  ["an API key", /\bsk-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}/],
  ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["a SendGrid key", /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/],
  ["a URL with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'`$<>{}]+:[^\s/@"'`$<>{}]{3,}@/i],
  [
    "a password or key in a literal",
    // Letters and digits mixed, sixteen or more: a word such as "your-password-here" is no secret.
    /(?:password|passwd|secret|api_?key|access_?key|private_?key|auth_?token|access_?token)["'`]?\s*[:=]\s*["'`](?=[^"'`\s]*\d)(?=[^"'`\s]*[A-Za-z])[A-Za-z0-9+/_=.-]{16,}["'`]/i,
  ],
];

/** Names the kind of the first credential found in the text, never the credential itself. */
export function secretIn(text: string): string | undefined {
  return secretShapes.find(([, shape]) => shape.test(text))?.[0];
}

/**
 * The text with a mark in the place of each credential, the same mark for the same one. A long literal that looks random is
 * taken for one as well: this text is only shown to be understood.
 */
export function hidden(text: string): string {
  const marks = new Map<string, string>();
  const markOf = (secret: string): string => {
    const mark = marks.get(secret) ?? `«SECRET_${marks.size + 1}»`;
    marks.set(secret, mark);
    return mark;
  };
  const shapes = secretShapes.map(([, shape]) => new RegExp(shape.source, `${shape.flags}g`));
  const known = shapes.reduce((done, shape) => done.replace(shape, markOf), text);
  return known.replace(/(["'`])([A-Za-z0-9+/_=-]{28,})\1/g, (whole, quote: string, literal: string) =>
    isRandom(literal) ? `${quote}${markOf(literal)}${quote}` : whole,
  );
}

/** Whether letters and digits follow each other as by chance: words and paths repeat themselves more. */
function isRandom(literal: string): boolean {
  if (!/\d/.test(literal) || !/[A-Za-z]/.test(literal)) return false;
  const counts = new Map<string, number>();
  for (const char of literal) counts.set(char, (counts.get(char) ?? 0) + 1);
  const bits = [...counts.values()].reduce(
    (sum, count) => sum - (count / literal.length) * Math.log2(count / literal.length),
    0,
  );
  return bits > (/^[0-9a-f]+$/i.test(literal) ? 3 : 4);
}
