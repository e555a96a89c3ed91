import type { CommandResult, Connection } from "../connection";
import { InstallError } from "../install-error";
import type { NodeName } from "../node-network";
import type { NodePaths } from "../node-paths";
import { unitOwner } from "../systemd-unit";
import { Turns } from "../turns";
import { bootScript } from "./boot-script";
import * as shell from "./boot-shell";
import {
  cronFile,
  crontabLine,
  entryName,
  isEntryOf,
  openrcScript,
  sysvScript,
} from "./boot-texts";
import { withEntry, withoutEntry } from "./crontab";

const callDeadlineMs = 60_000;
const kinds = ["openrc", "sysv", "cron.d", "crontab", "none"] as const;

/** Who starts the node with its machine; none: nobody but the next apply. */
export type BootKind = (typeof kinds)[number];

/** Nodes of one machine share its crontab and the lists of its init. */
const turns = new Turns();

/**
 * Has the machine start a node's supervisor where no systemd does it. The entry calls the directory's boot.sh, which does nothing
 * where the node runs: an entry too many is harmless.
 */
export class BootEntry {
  readonly #name: string;
  readonly #initFile: string;
  readonly #cronFile: string;

  constructor(
    private readonly connection: Connection,
    private readonly paths: NodePaths,
    private readonly node: NodeName,
  ) {
    this.#name = entryName(node);
    this.#initFile = `/etc/init.d/${this.#name}`;
    this.#cronFile = `/etc/cron.d/${this.#name}`;
  }

  /**
   * Makes the entry what it is to be, by the best that the machine has.
   * @throws InstallError where the machine refuses, or another's entry has its name
   */
  async ensure(): Promise<BootKind> {
    const { bootScript: boot } = this.paths;
    await this.#write(boot, bootScript, 0o700);
    return this.#inTurn(async () => {
      const kind = await this.#find();
      if (kind === "openrc" || kind === "sysv") {
        const text = kind === "openrc" ? openrcScript : sysvScript;
        await this.#writeEntry(this.#initFile, text(this.node, boot), 0o755);
        const script = kind === "openrc" ? shell.openrcAddScript : shell.sysvAddScript;
        await this.#do("have the machine's init start the node", script);
      } else if (kind === "cron.d") {
        await this.#writeEntry(this.#cronFile, cronFile(this.node, boot), 0o644);
      } else if (kind === "crontab") {
        await this.#changeCrontab((text) => withEntry(text, this.node, crontabLine(boot)));
      }
      return kind;
    });
  }

  /** Every entry of the node, of whatever kind: the machine may have changed sides. None is no error. */
  async remove(): Promise<void> {
    await this.#inTurn(async () => {
      const [init, cron] = await this.connection.readFiles([this.#initFile, this.#cronFile]);
      if (init !== undefined && isEntryOf(this.node, init)) {
        const isOpenrc = init.startsWith("#!/sbin/openrc-run\n");
        const script = isOpenrc ? shell.openrcRemoveScript : shell.sysvRemoveScript;
        await this.#do("have the machine's init forget the node", script);
        await this.connection.remove(this.#initFile);
      }
      if (cron !== undefined && isEntryOf(this.node, cron))
        await this.connection.remove(this.#cronFile);
      if ((await this.connection.findProgram("crontab")) !== undefined)
        await this.#changeCrontab((text) => withoutEntry(text, this.node));
    });
  }

  async #find(): Promise<BootKind> {
    const step = "look who starts the machine's services";
    const said = (await this.#do(step, shell.findScript)).stdout.trim();
    const kind = kinds.find((one) => one === said);
    if (kind === undefined)
      throw new InstallError(step, `${step} on ${this.connection.description}: it said '${said}'`);
    return kind;
  }

  async #writeEntry(path: string, text: string, mode: number): Promise<void> {
    const found = await this.connection.readFile(path);
    if (found !== undefined && !isEntryOf(this.node, found))
      throw new InstallError(
        "have the machine start the node",
        `${path} on ${this.connection.description} is another's: it does not say '${unitOwner(this.node)}'. Give this node another name, or remove that file`,
      );
    if (found !== text) await this.connection.writeFile(path, text, mode);
  }

  async #write(path: string, text: string, mode: number): Promise<void> {
    if ((await this.connection.readFile(path)) !== text)
      await this.connection.writeFile(path, text, mode);
  }

  /** Through a file: crontab(1) takes one, and a text is no program's argument. */
  async #changeCrontab(change: (text: string) => string): Promise<void> {
    const before = (await this.#do("read the crontab", shell.crontabScript)).stdout;
    const after = change(before);
    if (after === before) return;
    if (after === "") {
      await this.#run("remove the crontab", "crontab", ["-r"]);
      return;
    }
    const file = `${this.paths.directory}/crontab.new`;
    await this.connection.makeDirectory(this.paths.directory, 0o700);
    await this.connection.writeFile(file, after, 0o600);
    await this.#run("write the crontab", "crontab", [file]);
    await this.connection.remove(file);
  }

  #do(step: string, script: string): Promise<CommandResult> {
    return this.#run(step, "/bin/sh", ["-c", script, "sh", this.#name]);
  }

  async #run(step: string, command: string, args: readonly string[]): Promise<CommandResult> {
    const result = await this.connection.run(command, args, callDeadlineMs);
    if (result.code === 0) return result;
    throw new InstallError(
      step,
      `${step} on ${this.connection.description}: ${result.stderr.trim() || `it ended with code ${result.code}`}`,
    );
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    return turns.take(this.connection.description, act);
  }
}
