import { serveProvider } from "../../../src/plugin";
import { kinds } from "./provider";

void serveProvider(kinds);
