import { serveProvider } from "@covey/provider/plugin";
import { toy } from "./provider";

void serveProvider(toy);
