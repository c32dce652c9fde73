/** The one expected failure of a review's caller. */

/** A wrong request or configuration: one line that says what, where and how to mend it. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}
