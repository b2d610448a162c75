import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compactPython } from "../../../render/text/compact-python";
import { hasRealTool } from "../../builders/real-tool";

const PROGRAMS = join(__dirname, "../../../programs");

it("keeps what runs, and the help", () => {
  const program = [
    "#!/usr/bin/python3",
    '"""What it does.',
    "",
    "  how # to call it",
    '"""',
    "",
    "A = 1  # one",
    "",
    "",
    "class Failure(Exception):",
    '    """All of its body."""',
    "",
    "",
    "def f(text):",
    '    """Two',
    '    lines."""',
    "    # Why.",
    '    return text + "#" + "\\n"',
    "",
  ].join("\n");
  expect(compactPython(program)).toBe(
    [
      "#!/usr/bin/python3",
      "A = 1",
      "class Failure(Exception):",
      '    """All of its body."""',
      "def f(text):",
      '    return text + "#" + "\\n"',
      "",
    ].join("\n"),
  );
});

const PARSED = `
import ast, sys
tree = ast.parse(sys.stdin.read())
for node in ast.walk(tree):
    if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.Module)) and ast.get_docstring(node) is not None:
        node.body = node.body[1:]
print(ast.dump(tree))`;

const hasPython = hasRealTool("python3", "compacted programs were not read by it");
// What is in the user data of a Linode (render/cloud-init/linode-bridge-cloud-init.ts).
(hasPython ? it : it.skip).each(["fleet-apply.py"])("is the same program to Python: %s", (name) => {
  const program = readFileSync(join(PROGRAMS, name), "utf8");
  const parsed = (input: string) => execFileSync("python3", ["-c", PARSED], { input, encoding: "utf8" });
  expect(compactPython(program).length).toBeLessThan(0.95 * program.length);
  expect(parsed(compactPython(program))).toBe(parsed(program));
});
