/** The body is no Call: for the client, in one sentence that names field, value and rule. */
export class MesosCodecError extends Error {
  override readonly name = "MesosCodecError";
}
