/** One line of the engine's answer to a pull (moby: pkg/jsonmessage). */
export interface PullLine {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number } | undefined;
  readonly error?: string;
}

const mebibyte = 1024 * 1024;
/** Of a layer; in this order. An engine that has one already says so at once. */
const began = "Pulling fs layer";
const there = ["Already exists", "Pull complete"];
const fetched = ["Verifying Checksum", "Download complete", "Extracting", ...there];

interface Layer {
  done: boolean;
  fetched: boolean;
  bytes: number;
  totalBytes: number;
}

/** How far a pull has come, from what the engine says line by line. */
export class PullProgress {
  private readonly layers = new Map<string, Layer>();

  constructor(private readonly image: string) {}

  take({ id, status = "", progressDetail }: PullLine): void {
    if (id === undefined) return;
    const known = this.layers.get(id);
    if (!known && status !== began && !there.includes(status)) return;
    const layer = known ?? { done: false, fetched: false, bytes: 0, totalBytes: 0 };
    this.layers.set(id, layer);
    layer.done ||= there.includes(status);
    layer.fetched ||= fetched.includes(status);
    if (status === "Downloading") download(layer, progressDetail);
    if (layer.fetched) layer.bytes = layer.totalBytes;
  }

  /** One sentence. The sum of the layers grows while the engine has not begun with all of them. */
  toString(): string {
    const layers = [...this.layers.values()];
    if (layers.length === 0) return `pulling image ${this.image}`;
    const done = layers.filter((layer) => layer.done).length;
    const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
    const total = layers.reduce((sum, layer) => sum + layer.totalBytes, 0);
    const size = total === 0 ? "" : `, ${mebibytes(bytes)} of ${mebibytes(total)} MiB`;
    return `pulling image ${this.image}: ${done} of ${layers.length} layers${size}`;
  }
}

function download(layer: Layer, { current, total }: PullLine["progressDetail"] = {}): void {
  layer.bytes = current ?? layer.bytes;
  layer.totalBytes = total ?? layer.totalBytes;
}

function mebibytes(bytes: number): string {
  return (bytes / mebibyte).toFixed(1);
}
