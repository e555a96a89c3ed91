import type { Command } from "commander";
import type { VotersView, VoterView } from "../contract/index";
import type { Question } from "./question";
import { cell, table } from "./table";

type Inquire = (command: Command, question: (words: string[]) => Question<VotersView>) => void;

/** `covey voters`, and how they are changed: by naming all that are to be voters. */
export function registerVoters(voters: Command, inquire: Inquire): void {
  const show = showVoters;
  inquire(voters, () => ({ ask: (client, call) => client.voters(call), show }));
  inquire(
    voters
      .command("set <name...>")
      .description("want these 1, 3, 5 or 7 nodes as voters: they change one at a time"),
    // Commander gives the words of a list as one.
    (words) => ({ ask: (client, call) => client.setVoters(words.flat(), call), show }),
  );
}

function showVoters(view: VotersView): string {
  const { electorate, voters, wanted, doing } = view;
  const rows = voters.map((voter) => [
    voter.name,
    voter.master ? "master" : voter.state,
    cell(acknowledgement(voter)),
    cell(remarkOn(voter)),
  ]);
  return [
    table(["VOTER", "STATE", "ACKNOWLEDGED", "REMARK"], rows),
    `\nelectorate ${electorate.term}.${electorate.version}; wanted: ${wanted.join(", ")}\n`,
    doing === undefined ? "" : `now: ${doing}\n`,
  ].join("");
}

function acknowledgement({ acknowledged }: VoterView): string | undefined {
  return acknowledged && `${acknowledged.term}.${acknowledged.version}`;
}

function remarkOn({ master, state, unfit, fitForMs }: VoterView): string | undefined {
  const leaving = master && state === "leaving" ? "leaving" : undefined;
  const since = fitForMs === undefined ? undefined : `fit for ${Math.floor(fitForMs / 1000)} s`;
  return [leaving, unfit ?? since].filter((part) => part !== undefined).join(", ") || undefined;
}
