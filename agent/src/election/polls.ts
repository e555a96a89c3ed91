/** How a master is elected: asking, standing, voting (Ongaro, thesis 3.4, 3.10, 4.2.3, 9.6). */
import { type ElectorateId, declaredId, isNewer } from "../model/electorate";
import type { ElectionMessage } from "../model/mesh-message";
import { lookAtLease, urge } from "./office";
import type { ElectionState } from "./state";

type Question = Extract<ElectionMessage, { kind: "pre-vote" | "vote" }>;
type Reply = Extract<ElectionMessage, { granted: boolean }>;
type StandNow = Extract<ElectionMessage, { kind: "stand-now" }>;

/** Terms at once, so few that a ballot's reservation (`node/ballot-file.ts`) is always older than a vote within it. */
const leap = 8;

/** No master is heard: ask whether an election could be won, before disturbing anybody. */
export function canvass(state: ElectionState, nowMs: number): void {
  state.role = "pre-candidate";
  state.heard.forget();
  state.votes = new Set([state.self]);
  state.timerAtMs = nowMs + state.timeouts.retryMs();
  state.sendAll({ kind: "pre-vote", term: state.box.nextTerm, ...state.electorateSaid });
  if (state.hasMajority) campaign(state, nowMs);
}

export function answerPreVote(
  state: ElectionState,
  from: string,
  { term, electorate }: Question,
  nowMs: number,
): void {
  const { box } = state;
  const willing = !state.hearsMaster(nowMs) && knowsEnough(state, electorate);
  const granted = willing && box.couldVote(from, term);
  // We may have to abstain from that term, and cannot stand above it, as we do not know yet that we count.
  const needed = willing && !granted && isNewer(electorate ?? declaredId, state.electorate);
  const known = needed ? Math.min(box.nextTerm - 1, term + leap) : state.term;
  const told = Math.max(known, state.term);
  state.send(from, { kind: "pre-vote-reply", term: granted ? term : told, granted });
}

export function countPreVote(
  state: ElectionState,
  from: string,
  reply: Reply,
  nowMs: number,
): void {
  if (state.role !== "pre-candidate") return;
  if (!reply.granted) {
    state.adopt(reply.term, nowMs, `voter '${from}' is in term ${reply.term}`);
    return;
  }
  if (reply.term !== state.box.nextTerm) return;
  state.votes.add(from);
  if (state.hasMajority) campaign(state, nowMs);
}

/** Our master hands over to us: no need to ask first, and others are free of what they owe it. */
export function standNow(
  state: ElectionState,
  from: string,
  { term, round }: StandNow,
  nowMs: number,
): void {
  const { heard } = state;
  if (!state.isVoter || term !== state.term) return;
  if (from !== heard.master || !heard.released(round)) return;
  heard.forget();
  campaign(state, nowMs, round);
}

export function answerVote(
  state: ElectionState,
  from: string,
  question: Extract<Question, { kind: "vote" }>,
  nowMs: number,
): void {
  const { term, handedOverAt, electorate } = question;
  const released = term === state.term + 1 && state.heard.released(handedOverAt);
  // Not even the term is taken over while a master is heard: a voter cut off from it could depose it.
  if (released || !state.hearsMaster(nowMs)) {
    state.adopt(term, nowMs, `voter '${from}' stands for term ${term}`);
    if (knowsEnough(state, electorate) && state.box.couldVote(from, term)) {
      state.becomeFollower();
      state.box.vote(from, term);
      state.timerAtMs = nowMs + state.timeouts.silenceMs();
      state.send(from, { kind: "vote-reply", term, granted: true });
      return;
    }
  }
  state.send(from, { kind: "vote-reply", term: state.term, granted: false });
}

export function countVote(state: ElectionState, from: string, reply: Reply, nowMs: number): void {
  state.adopt(reply.term, nowMs, `voter '${from}' is in term ${reply.term}`);
  if (state.role !== "candidate" || reply.term !== state.term || !reply.granted) return;
  state.votes.add(from);
  if (state.hasMajority) takeOffice(state, nowMs);
}

function campaign(state: ElectionState, nowMs: number, handedOverAt?: number): void {
  const { box, self } = state;
  state.role = "candidate";
  box.vote(self, box.nextTerm);
  state.votes = new Set([self]);
  state.timerAtMs = nowMs + state.timeouts.retryMs();
  state.sendAll({ kind: "vote", term: box.term, handedOverAt, ...state.electorateSaid });
  if (state.hasMajority) takeOffice(state, nowMs);
}

function takeOffice(state: ElectionState, nowMs: number): void {
  urge(state, state.win(nowMs), nowMs);
  lookAtLease(state, nowMs);
}

/**
 * INVARIANT: no vote for a candidate whose electorate is older than ours. As every majority of an electorate has its
 * successor on disk before the one after that is proposed, nobody is elected by voters that have been replaced.
 */
function knowsEnough(state: ElectionState, electorate: ElectorateId | undefined): boolean {
  return !isNewer(state.electorate, electorate ?? declaredId);
}
