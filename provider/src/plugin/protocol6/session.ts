import { DiagnosticCollector } from "../diagnostics/collector";
import type { Diagnostic } from "../diagnostics/diagnostics";
import { formatPath } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import type { PluginLog } from "../lifecycle/context";
import { DeferralSwitch, type DeferralReason } from "../lifecycle/deferral";
import type { Provider } from "../lifecycle/definitions";
import type { LogFields } from "../lifecycle/log";
import { toModel } from "../lifecycle/model";
import { Registry } from "../lifecycle/registry";
import { caught, type Scope } from "../lifecycle/scope";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import type { MethodName } from "./calls";
import { dynamicFromWire } from "./from-wire";
import { Interrupt } from "./interrupt";
import {
  DEFERRED,
  type ClientCapabilitiesMessage,
  type DeferredMessage,
  type DiagnosticMessage,
  type DynamicValueMessage,
} from "./messages";
import { diagnosticsToWire } from "./to-wire";

export interface ServerOptions {
  readonly checkContract: boolean;
  readonly showStacks: boolean;
  /** The log for one call, with these fields on every line; asked for when the first is written. */
  readonly logFor: (fieldsOf: () => LogFields) => PluginLog;
  /** Time for durations; starts anywhere. */
  readonly nowMs: () => number;
  readonly newRequestId: () => string;
}

/** What a call is about. */
export interface Subject {
  readonly method: MethodName;
  readonly kind?: "resource" | "data_source" | "ephemeral_resource";
  /** Type of the resource, or name of the function. */
  readonly type?: string;
  /** Gives diagnostics their paths. */
  readonly schema?: Schema | undefined;
}

/** What Terraform sent along with the call. */
export interface Sent {
  readonly client_capabilities?: ClientCapabilitiesMessage | undefined;
  readonly provider_meta?: DynamicValueMessage | undefined;
}

export interface Answer {
  readonly diagnostics: readonly DiagnosticMessage[];
}

/** The newest protocol whose calls are answered, as it stands in Terraform's log. */
const PROTOCOL_VERSION = "6.9";

/** One provider as one Terraform uses it: what it is made of, how it was configured, and the calls in flight. */
export class Session {
  readonly registry: Registry;
  providerData: unknown;
  /** Set when `configure` put everything off. */
  providerDeferral: DeferralReason | undefined;
  private readonly inFlight = new Set<Interrupt>();

  constructor(
    provider: Provider,
    private readonly options: ServerOptions,
  ) {
    this.registry = new Registry(provider);
  }

  /** Aborts what is in flight. Calls that come later run: Terraform may still read, save and close. */
  stop(): void {
    for (const interrupt of this.inFlight) interrupt.abort();
  }

  /** Of operations that go on although the provider's configuration was put off. */
  call<R extends object>(
    subject: Subject,
    sent: Sent,
    work: (scope: Scope) => Promise<R>,
  ): Promise<R & Answer> {
    return this.answer(subject, sent, work);
  }

  /** Of operations that are put off with the provider's configuration. */
  deferrable<R extends object>(
    subject: Subject,
    sent: Sent,
    work: (scope: Scope) => Promise<R>,
  ): Promise<R & Answer & { readonly deferred?: DeferredMessage }> {
    return this.answer(
      subject,
      sent,
      async (scope) => {
        const response = await work(scope);
        const { reason } = scope.deferral;
        return reason === undefined
          ? response
          : { ...response, deferred: { reason: DEFERRED[reason] } };
      },
      this.providerDeferral,
    );
  }

  /** Runs `work` with a signal that `stop` aborts, and logs that and how long it ran. */
  async run<R>(
    subject: Subject,
    sent: Sent,
    work: (scope: Scope) => Promise<R>,
    deferral?: DeferralReason,
  ): Promise<R> {
    const interrupt = new Interrupt();
    const metaOf = (): Scope["providerMeta"] => this.metaFrom(sent.provider_meta);
    const scope: Scope = {
      diagnostics: new DiagnosticCollector(),
      get signal() {
        return interrupt.signal;
      },
      log: this.options.logFor(() => this.fields(subject)),
      providerData: this.providerData,
      get providerMeta() {
        return metaOf();
      },
      deferral: new DeferralSwitch(sent.client_capabilities?.deferral_allowed === true, deferral),
      checkContract: this.options.checkContract,
      showStacks: this.options.showStacks,
    };
    const startedMs = this.options.nowMs();
    this.inFlight.add(interrupt);
    scope.log.trace("call received");
    try {
      return await work(scope);
    } finally {
      this.inFlight.delete(interrupt);
      logDiagnostics(scope.log, scope.diagnostics.all);
      scope.log.trace("call answered", {
        tf_req_duration_ms: Math.round(this.options.nowMs() - startedMs),
        diagnostic_error_count: count(scope.diagnostics.all, "error"),
        diagnostic_warning_count: count(scope.diagnostics.all, "warning"),
      });
    }
  }

  /** The one place where what goes wrong becomes diagnostics. */
  private answer<R extends object>(
    subject: Subject,
    sent: Sent,
    work: (scope: Scope) => Promise<R>,
    deferral?: DeferralReason,
  ): Promise<R & Answer> {
    return this.run(
      subject,
      sent,
      async (scope) => {
        const response = await caught(scope, `Call ${subject.method}`, () => work(scope));
        const diagnostics = diagnosticsToWire(scope.diagnostics.all, subject.schema);
        return { ...(response ?? {}), diagnostics } as R & Answer;
      },
      deferral,
    );
  }

  private metaFrom(message: DynamicValueMessage | undefined): Scope["providerMeta"] {
    const { meta } = this.registry.provider;
    if (meta === undefined) return undefined;
    const value = dynamicFromWire(meta, message);
    if (value === null) return undefined;
    return toModel(objectTypeOf(meta.attributes), value) as Readonly<Record<string, unknown>>;
  }

  private fields({ method, kind, type }: Subject): LogFields {
    return {
      tf_rpc: method,
      tf_provider_addr: this.registry.provider.address,
      tf_req_id: this.options.newRequestId(),
      tf_proto_version: PROTOCOL_VERSION,
      ...(kind === undefined || type === undefined ? {} : { [`tf_${kind}_type`]: type }),
    };
  }
}

/** The definition, or a `PluginError`: Terraform asked for something the schema does not have. */
export function known<D>(definition: D | undefined, type: string): D {
  if (definition !== undefined) return definition;
  throw new PluginError("Unknown type", `This provider has no ${JSON.stringify(type)}.`);
}

/** Only what is said in general: details may hold what the user keeps secret. */
function logDiagnostics(log: PluginLog, diagnostics: readonly Diagnostic[]): void {
  for (const { severity, summary, path } of diagnostics) {
    const fields = {
      diagnostic_severity: severity.toUpperCase(),
      diagnostic_attribute: formatPath(path),
    };
    if (severity === "error") log.error(summary, fields);
    else log.warn(summary, fields);
  }
}

function count(diagnostics: readonly Diagnostic[], severity: Diagnostic["severity"]): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}
