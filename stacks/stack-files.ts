import { posix } from "node:path";
import type { MachineFiles } from "../render/machine-files";
import { tokenInText, unsafePath } from "./programmer-errors";

/** How cdktf stands in for a value that it does not know yet: a marked text or list, or a number nobody else uses. */
const TOKEN = /TfToken\[|-8\.1095622\d*e\+298/;

/** The plain files that lie beside a stack's Terraform: what Terraform reads with file() and a reviewer reads as it is. */
export class StackFiles {
  private readonly texts = new Map<string, string>();

  constructor(private readonly stackId: string) {}

  /** Path below the stack's directory -> text. */
  get all(): ReadonlyMap<string, string> {
    return this.texts;
  }

  /**
   * Takes the files of one machine role.
   *
   * @returns absolute path on the machine -> path below the stack's directory
   */
  addRole(role: string, files: MachineFiles): ReadonlyMap<string, string> {
    const places = new Map<string, string>();
    for (const [path, text] of files) {
      if (!path.startsWith("/") || path === "/" || posix.normalize(path) !== path) throw unsafePath(path);
      places.set(path, this.add(`files/${role}${path}`, text));
    }
    return places;
  }

  /** Takes one document that is not a file of the machine, such as its cloud-init. Returns its path. */
  addDocument(name: string, text: string): string {
    return this.add(`files/${name}`, text);
  }

  private add(place: string, text: string): string {
    if (TOKEN.test(text)) throw tokenInText(`${this.stackId}: ${place}`);
    this.texts.set(place, text);
    return place;
  }
}
