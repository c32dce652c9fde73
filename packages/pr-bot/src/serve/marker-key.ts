/** The key of the App's marks. */
import { createHash } from "node:crypto";

/** From the App's own key, which every process of it has and nobody else. */
export function markerKeyOf(privateKey: string): string {
  return createHash("sha256").update(`marker\0${privateKey.trim()}`).digest("hex");
}
