/** One number, as tools for metrics know it. */
export interface MetricDefinition {
  /** By Prometheus' rules: the unit last, and after it `total` where it only grows. */
  readonly name: string;
  readonly kind: "gauge" | "counter";
  readonly labels: readonly string[];
  readonly help: string;
}

export interface Sample {
  /** That of a definition. */
  readonly name: string;
  /** Exactly those of the definition. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** An answer of the HTTP API. */
export interface ApiAnswer {
  readonly method: string;
  /** The pattern, never the path: paths are endless. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Metrics {
  answered(answer: ApiAnswer): void;
  /** All of them as Prometheus reads them; never rejects: what cannot be read just now is left out. */
  exposition(): Promise<{ readonly contentType: string; readonly text: string }>;
}
