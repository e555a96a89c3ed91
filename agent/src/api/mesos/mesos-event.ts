import type { SchedulerEvent } from "../../model/scheduler";
import type { AgentControl } from "../../ports/control";
import { masterInfo } from "./master-info";
import type { MesosEvent } from "./messages";
import { toMesosOffer } from "./mesos-offer";
import { toMesosStatus, type StatusReader } from "./mesos-status";

/** Less than the idle timeouts of clients and of what is between (npm mesos-framework: 10 s), where Mesos has 15. */
export const heartbeatSeconds = 5;

export interface EventReader extends Omit<StatusReader, "addressOf"> {
  readonly agent: AgentControl;
}

/** undefined: Mesos has no event for it, or the framework does not know the state it is about. */
export function toMesosEvent(event: SchedulerEvent, reader: EventReader): MesosEvent | undefined {
  const { agent } = reader;
  switch (event.kind) {
    case "subscribed":
      return {
        type: "SUBSCRIBED",
        subscribed: {
          framework_id: { value: event.framework },
          heartbeat_interval_seconds: heartbeatSeconds,
          master_info: masterInfo(agent, event.term),
        },
      };
    case "offers": {
      const offers = event.offers.map((offer) => toMesosOffer(offer, agent.apiOf(offer.node)));
      return offers.length === 0 ? undefined : { type: "OFFERS", offers: { offers } };
    }
    case "rescind":
      return { type: "RESCIND", rescind: { offer_id: { value: event.offerId } } };
    case "update": {
      const addressOf = (node: string): string | undefined => hostOf(agent.apiOf(node));
      const status = toMesosStatus(event, { ...reader, addressOf });
      return status && { type: "UPDATE", update: { status } };
    }
    case "failure":
      return { type: "FAILURE", failure: { agent_id: { value: event.node } } };
    case "drain":
    case "drain-cancelled":
      return undefined;
  }
}

function hostOf(api: string | undefined): string | undefined {
  return api === undefined ? undefined : new URL(api).hostname;
}
