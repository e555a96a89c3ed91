/** What the master and those that hear it do: heartbeats, the lease, and who the voters are (thesis 4.1, 6.4.1). */
import { type ElectorateClaim, areSameVoters, declaredId } from "../model/electorate";
import {
  electorateName,
  isNewer,
  isOneStep,
  isSameElectorate,
  maxVoters,
} from "../model/electorate";
import type { ElectionMessage } from "../model/mesh-message";
import type { ElectionEffect } from "./effects";
import type { ElectionState } from "./state";
import type { Tenure } from "./tenure";

type Beat = Extract<ElectionMessage, { kind: "heartbeat" }>;
type Answer = Extract<ElectionMessage, { kind: "heartbeat-reply" }>;

export function answerHeartbeat(
  state: ElectionState,
  from: string,
  beat: Beat,
  nowMs: number,
): void {
  state.adopt(beat.term, nowMs, `'${from}' is the master of term ${beat.term}`);
  // Two of one term cannot be; whatever this is, it is not our master.
  if (beat.term === state.term && !state.tenure) {
    learn(state, beat.electorate, nowMs);
    follow(state, from, beat.round, nowMs);
  }
  const { round } = beat;
  state.send(from, { kind: "heartbeat-reply", term: state.term, round, ...state.electorateSaid });
}

export function countAnswer(
  state: ElectionState,
  from: string,
  reply: Answer,
  nowMs: number,
): void {
  state.adopt(reply.term, nowMs, `voter '${from}' is in term ${reply.term}`);
  const { tenure } = state;
  if (!tenure || reply.term !== state.term) return;
  const has = reply.electorate ?? declaredId;
  tenure.answered(from, reply.round, has, nowMs);
  lookAtLease(state, nowMs);
  // What a master of a lower term proposed and no majority has: it would not vote for any of us.
  if (tenure.inOffice && isNewer(has, state.electorate)) confirm(state, nowMs);
}

export function urge(state: ElectionState, tenure: Tenure, nowMs: number): void {
  state.timerAtMs = nowMs + state.options.heartbeatMs;
  state.emit(...tenure.urge(nowMs));
}

/** Also before anything else in each call: we may have slept past the end of our lease. */
export function lookAtLease(state: ElectionState, nowMs: number): void {
  const change = state.tenure?.look(nowMs) ?? "none";
  if (change === "lost") state.retire("no majority of the voters answers", nowMs);
  else if (change !== "none") state.emit({ kind: change, term: state.term });
  if (change === "lapsed") state.timerAtMs = nowMs;
}

/** A former voter asks, as it does not know that it is none. Told so it falls silent. */
export function teach(state: ElectionState, former: string): ElectionEffect[] {
  const { tenure, electorate } = state;
  if (!tenure?.inOffice || !tenure.isHeld || isSameElectorate(electorate, declaredId)) return [];
  return [tenure.teach(former)];
}

/**
 * One step towards `voters`, which differ from the present ones by one name, or by none; what it waits for, or
 * undefined where these are the voters and committed. INVARIANT (Ongaro's correction of single-server changes): the
 * voters change only after an electorate of the master's own term is committed, else two masters of different terms
 * could each change the same one, and the majorities of what they made of it need not meet.
 */
export function propose(
  state: ElectionState,
  voters: readonly string[],
  nowMs: number,
): string | undefined {
  const { tenure, electorate } = state;
  if (!tenure?.inOffice) return "this agent is not in office now";
  if (electorate.term !== state.term) confirm(state, nowMs);
  if (!tenure.isCommitted(nowMs))
    return `a majority has yet to keep electorate ${electorateName(state.electorate)} on disk for a second`;
  if (areSameVoters(electorate.voters, voters)) return undefined;
  check(state, voters);
  if (!tenure.wouldHold(voters, nowMs))
    return `no majority of ${[...voters].sort().join(", ")} answers the master's heartbeats`;
  succeed(state, voters, nowMs);
  return `electorate ${electorateName(state.electorate)} is proposed`;
}

function confirm(state: ElectionState, nowMs: number): void {
  if (state.electorate.term !== state.term) succeed(state, state.electorate.voters, nowMs);
}

function succeed(state: ElectionState, voters: readonly string[], nowMs: number): void {
  const { term, electorate } = state;
  state.install({ term, version: electorate.version + 1, voters }, nowMs);
}

/** The master asks for nothing of this kind: a mistake of ours. */
function check({ electorate, self }: ElectionState, voters: readonly string[]): void {
  if (!isOneStep(electorate.voters, voters))
    throw new Error(
      `the voters ${electorate.voters.join()} can change by one at a time, not to ${voters.join()}`,
    );
  if (voters.length > maxVoters)
    throw new Error(`${voters.length} voters: there can be ${maxVoters} at most`);
  if (!voters.includes(self))
    throw new Error(`the master ${self} cannot remove itself: it hands over first`);
}

function learn(state: ElectionState, claim: ElectorateClaim | undefined, nowMs: number): void {
  if (!claim?.voters || claim.term > state.term || !isNewer(claim, state.electorate)) return;
  const { term, version, voters } = claim;
  state.install({ term, version, voters }, nowMs);
}

function follow(state: ElectionState, master: string, round: number, nowMs: number): void {
  state.role = "follower";
  state.timerAtMs = nowMs + state.timeouts.silenceMs();
  if (state.heard.beat(master, round, nowMs))
    state.emit({ kind: "follow", term: state.term, master });
}
