/** The floor of the plugin framework: a provider with one resource about the size of Terraform's own `terraform_data`. */
import {
  attributes,
  requiresReplace,
  serveProvider,
  useStateForUnknown,
  withProviderData,
} from "../../../provider/src/plugin";

const { string } = attributes;
const toy = withProviderData<undefined>();

const thing = toy.resource({
  type: "toy_thing",
  schema: {
    attributes: {
      id: string({ computed: true, planModifiers: [useStateForUnknown()] }),
      input: string({ optional: true }),
      output: string({ computed: true }),
      triggers_replace: string({ optional: true, planModifiers: [requiresReplace()] }),
    },
  },
  create: (_context, plan) => Promise.resolve({ ...plan, id: "thing", output: plan.input }),
  read: (_context, state) => Promise.resolve(state),
  update: (_context, plan) => Promise.resolve({ ...plan, output: plan.input }),
  delete: () => Promise.resolve(),
});

void serveProvider(
  toy.provider({
    name: "toy",
    address: "example.invalid/acme/toy",
    version: "0.1.0",
    schema: { attributes: {} },
    configure: () => undefined,
    resources: [thing],
  }),
);
