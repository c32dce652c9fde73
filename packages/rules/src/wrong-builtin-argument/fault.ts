/** What a check of a builtin's arguments finds. */
import type { Ask, Pass, ReportedFix } from "@review/analysis";
import type { CallExpression, Node } from "@review/program/syntax";

export interface Fault {
  readonly at: Node;
  readonly message: string;
  readonly fixes?: readonly ReportedFix[];
  readonly repair?: string;
}

/** Looks at the arguments alone; whose method it is, is asked only where it finds something. */
export type Check = (pass: Pass, call: CallExpression) => Ask<Fault | undefined>;
