/** Recognises credentials by their well-known shapes, so that text which holds one is not sent anywhere. */

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
