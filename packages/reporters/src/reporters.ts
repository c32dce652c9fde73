/** The formats by name. A reporter is a plain function without set-up of its own: importing them all costs a few small files. */
import { gitlab } from "./gitlab.ts";
import { json } from "./json.ts";
import { pretty } from "./pretty.ts";
import { rdjson } from "./rdjson.ts";
import type { Reporter } from "./report.ts";
import { sarif } from "./sarif.ts";

/** What `--format` takes. */
export type FormatName = "pretty" | "json" | "sarif" | "rdjson" | "gitlab";

/** The reporter of each format. */
export const reporters: Readonly<Record<FormatName, Reporter>> = { pretty, json, sarif, rdjson, gitlab };
