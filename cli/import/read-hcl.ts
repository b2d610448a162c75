import type { ProblemList } from "../../config/problem-list";
import type { SourceFile } from "../../config/source-file";
import { type HclPlace, scanHcl } from "./scan-hcl";
import type { Plain } from "./variable";

/** A file of HCL: its attributes and blocks as data, and where they are written. */
export interface HclFile {
  /** Blocks are lists of maps; expressions are text such as `${local.region}`. */
  readonly content: { readonly [key: string]: Plain };
  readonly places: ReadonlyMap<string, HclPlace>;
}

/** Terragrunt before 0.19 kept its settings in terraform.tfvars, in a notation of blocks that HCL 2 refuses. */
const OLD_TERRAGRUNT = "terragrunt";

/** Reads HCL by HashiCorp's own parser; what it refuses is a problem, without the text that it is about. */
export async function readHcl(source: SourceFile, problems: ProblemList): Promise<HclFile | undefined> {
  // Loaded when it is needed: it is a program of some megabytes.
  const { parse } = await import("@cdktf/hcl2json");
  const { places, isShallow } = scanHcl(source.text);
  if (!isShallow) {
    problems.addFile(source.path, "nested deeper than any variable; look for stray brackets and quotes");
    return undefined;
  }
  const old = places.get(OLD_TERRAGRUNT);
  const text = old
    ? source.text.slice(0, old.from) +
      blanked(source.text.slice(old.from, old.to)) +
      source.text.slice(old.to)
    : source.text;
  try {
    return { content: (await parse("source.hcl", text)) as HclFile["content"], places };
  } catch (error) {
    const message = error instanceof Error ? error.message : String((error as { message?: unknown }).message);
    const [, line, column, summary] = /source\.hcl:(\d+),(\d+)-[\d,]+: ([^;\]]*)/.exec(message) ?? [];
    problems.addFile(
      source.path,
      `not HCL: ${(summary ?? "it cannot be read").toLowerCase()}; look at the brackets and quotes above`,
      {
        line: Number(line ?? 1),
        column: Number(column ?? 1),
      },
    );
    return undefined;
  }
}

/** As many lines, with nothing on them. */
const blanked = (text: string): string => text.replace(/[^\n]/g, " ");

/** What a text of the parser's holds: `${…}` is an expression. `$${` is a dollar and a brace in HCL. */
export const isExpression = (text: string): boolean => /(?<![$%])[$%]\{/.test(text);
