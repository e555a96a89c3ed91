import { Command } from "commander";
import { ThreeAgents } from "../../test/fakes/three-agents";
import { registerCommands } from "./commands";
import type { InteractiveTerminal, Screen } from "./screen";
import type { Terminal } from "./terminal";

let agents: ThreeAgents;

beforeEach(async () => {
  agents = await ThreeAgents.start();
});

afterEach(() => agents.close());

interface Seen {
  readonly out: string;
  readonly err: string;
  readonly code: number | undefined;
}

class Exited extends Error {}

/** `covey exec ...` with this typed or piped in. */
async function covey(
  args: readonly string[],
  { typed = [], terminal }: { readonly typed?: readonly string[]; terminal?: InteractiveTerminal },
): Promise<Seen> {
  const said = { stdout: "", stderr: "" };
  let code: number | undefined;
  const process: Terminal = {
    env: { COVEY_API: agents.at("n3").url, COVEY_TOKEN: agents.token, COVEY_CA_FILE: "/ca.pem" },
    out: (text) => (said.stdout += text),
    error: (text) => (said.stderr += text),
    readFile: () => agents.ca,
    exit: (given) => {
      code ??= given;
      throw new Exited();
    },
  };
  const screen: Screen = {
    input: (async function* () {
      for (const text of typed) yield await Promise.resolve(Buffer.from(text));
    })(),
    show: (stream, data) => {
      said[stream] += Buffer.from(data).toString();
      return Promise.resolve();
    },
    terminal,
  };
  const program = new Command("covey");
  registerCommands(program, process, screen);
  await program.parseAsync(["node", "covey", "exec", ...args]).catch((error: unknown) => {
    if (!(error instanceof Exited)) throw error;
  });
  return { out: said.stdout, err: said.stderr, code };
}

describe("covey exec", () => {
  it("hands on what comes in, shows what comes out, and ends as the command does", async () => {
    const typed = ["one ", "two"];
    const seen = await covey(["-i", "web.1", "tr", "-d", "x"], { typed });
    expect(seen).toEqual({ out: "one two", err: "", code: 0 });
    expect(agents.at("n2").exec.requests).toEqual([
      { command: ["tr", "-d", "x"], stdin: true, tty: false },
    ]);
  });

  it("gives a terminal its size, and has it back as it was", async () => {
    const raw: boolean[] = [];
    const terminal: InteractiveTerminal = {
      size: () => ({ columns: 80, rows: 24 }),
      onResize: () => undefined,
      setRaw: (on) => raw.push(on),
    };
    const seen = await covey(["-it", "web.1", "sh"], { typed: ["x"], terminal });
    expect(seen.code).toBe(0);
    expect(raw).toEqual([true, false]);
    const { requests, sessions } = agents.at("n2").exec;
    expect(requests).toEqual([{ command: ["sh"], stdin: true, tty: true }]);
    expect(sessions[0]?.sizes).toEqual([[80, 24]]);
  });

  it("refuses --tty without a terminal, and says what to do", async () => {
    const seen = await covey(["-it", "web.1", "sh"], {});
    expect(seen).toMatchObject({ code: 2, err: expect.stringMatching(/leave it out/) as string });
  });

  it("says why a task's command was not run", async () => {
    const seen = await covey(["nobody", "true"], {});
    expect(seen).toMatchObject({
      code: 1,
      err: expect.stringMatching(/there is no task 'nobody'/) as string,
    });
  });
});
