/** Which compiler this is, for whoever does not start one. */
import { version } from "typescript";

/** The version of the compiler that analyses, whatever version a project itself installs. */
export const compilerVersion: string = version;
