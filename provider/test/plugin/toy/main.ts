import { serveProvider } from "../../../src/plugin";
import { toy } from "./provider";

void serveProvider(toy);
