/** The contract's client over node:https: what the CLI and the provider reach an agent with. */
export { httpsExchange } from "./https-exchange";
