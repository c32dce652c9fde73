/** Names by which the rule knows what is left alone. */

/** Methods that end what a test has begun. */
export const CLEANUP: RegExp =
  /^(?:abort|cancel|cleanUp|cleanup|close|destroy|disconnect|dispose|end|kill|quit|release|shutdown|stop|tearDown|teardown|terminate)$/;

/** How a file asks whether it is the one that was started. */
export const ENTRY_TEST: RegExp = /\brequire\.main\b|\bimport\.meta\.(?:main|url|filename)\b/;
