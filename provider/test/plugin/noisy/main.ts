/** A provider that prints before and after its handshake, as a careless one does, and in the middle of a call. */
import { defineProvider, serveProvider } from "@covey/provider/plugin";

const noisy = defineProvider({
  name: "noisy",
  address: "example.invalid/acme/noisy",
  version: "0.0.0",
  schema: { attributes: {} },
  configure: () => {
    globalThis.console.log("noise while configuring");
  },
  resources: [],
});

void serveProvider(noisy);
globalThis.console.log("noise before the handshake");
