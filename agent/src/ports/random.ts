export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** `bytes` random bytes as hex; unguessable in production. */
  hex(bytes: number): string;
}
