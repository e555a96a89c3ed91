export { describeDuration } from "../plugin";
