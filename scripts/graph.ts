/**
 * Draws which folder imports which into docs/architecture.md, between the two markers. With --check it only says
 * whether the picture there is current. `model`, `ports` and `contract` are left out: every folder may use them.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

const page = "docs/architecture.md";
const begin = "<!-- graph: drawn by `tsx scripts/graph.ts` -->";
const end = "<!-- /graph -->";
const everywhere = ["model", "ports", "contract"];
/** Folders whose sub-folders are rooms of their own. */
const deep = ["adapters", "api", "frameworks"];

function roomOf(file: string): string | undefined {
  const match = /^(agent|provider|constructs)\/src\/(.+)$/.exec(file);
  const [package_, path] = [match?.[1], match?.[2]];
  if (package_ === undefined || path === undefined || path.endsWith(".test.ts")) return undefined;
  const folders = path.split("/").slice(0, -1);
  const depth = deep.includes(folders[0] ?? "") ? 2 : 1;
  const room = folders.slice(0, depth).join("/");
  return `${package_}/${room === "" ? (path.split("/")[0] ?? "") : room}`;
}

function edges(): string[] {
  const cruise = JSON.parse(
    execFileSync(
      "npx",
      [
        "--no-install",
        "depcruise",
        "--output-type",
        "json",
        "agent/src",
        "provider/src",
        "constructs/src",
      ],
      { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    ),
  ) as Cruise;
  const found = new Set<string>();
  for (const module of cruise.modules)
    for (const dependency of module.dependencies) {
      const from = roomOf(module.source);
      const to = roomOf(dependency.resolved.replace(/^agent\/dist\//, "agent/src/"));
      if (from === undefined || to === undefined || from === to) continue;
      if (from.startsWith("agent/") && everywhere.includes(to.replace("agent/", ""))) continue;
      found.add(`${from} --> ${to}`);
    }
  return [...found].sort();
}

function draw(): string {
  const id = (room: string): string => `${room.replace(/[^a-z]/g, "_")}["${room}"]`;
  const lines = edges().map((edge) => {
    const [from = "", to = ""] = edge.split(" --> ");
    return `  ${id(from)} --> ${id(to)}`;
  });
  return ["```mermaid", "flowchart LR", ...lines, "```"].join("\n");
}

function main(): void {
  const text = readFileSync(page, "utf8");
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start)
    throw new Error(`${page} lacks the markers '${begin}' and '${end}'`);
  const drawn = `${text.slice(0, start)}${begin}\n\n${draw()}\n\n${text.slice(stop)}`;
  if (drawn === text) return;
  if (process.argv.includes("--check")) {
    console.error(`the folder graph in ${page} is not current: run 'npx tsx scripts/graph.ts'`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(page, drawn);
}

main();
