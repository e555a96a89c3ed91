import { formatPath, type Path } from "../diagnostics/path";

/** Bytes that do not hold a value of the expected type. Terraform never sends such; a corrupted message might. */
export class CodecError extends Error {
  constructor(
    problem: string,
    readonly path: Path = [],
  ) {
    super(path.length === 0 ? problem : `${formatPath(path)}: ${problem}`);
    this.name = "CodecError";
  }
}
