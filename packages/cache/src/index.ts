/** What is kept between runs. Deleting it is always safe. */
export { cacheFolder, cacheFolders } from "./cache-folder.ts";
export type { Slice, VerifiedEdit } from "./kept-fix.ts";
export { fixesFor, keepFix, type OfferedFix } from "./shelf.ts";
