/** The oldest Node.js that runs the bundles; `engines` of package.json says the same. */
const oldest = { major: 20, minor: 19 } as const;
const wanted = `Node.js ${oldest.major}.${oldest.minor} or newer`;

/**
 * The provider's program where it is no single executable. It does not ask Node.js for its version, which would be a start
 * more: `checkNode` looks from inside.
 */
export const launcher = `#!/bin/sh
# Starts the Covey provider with the Node.js of this machine: COVEY_NODE, else node on PATH.
node=\${COVEY_NODE:-node}
if command -v "$node" >/dev/null 2>&1; then
  # Terraform calls it by a relative path, which --require would take for a package's name.
  here=$(cd "\${0%/*}" && pwd)
  exec "$node" --require "$here/lib/check-node.js" "$here/provider.js" "$@"
fi
echo "terraform-provider-covey needs ${wanted} and finds no '$node': install it, or set COVEY_NODE to the path of one." >&2
exit 1
`;

/** Loaded before the bundle, which an older Node.js could not even read. Itself in the language of any. */
export const checkNode = `var parts = process.versions.node.split(".");
var major = Number(parts[0]);
if (major < ${oldest.major} || (major === ${oldest.major} && Number(parts[1]) < ${oldest.minor})) {
  process.stderr.write(
    "terraform-provider-covey needs ${wanted}, and " + process.execPath + " is " + process.version +
      ": install a newer one, or set COVEY_NODE to the path of one.\\n"
  );
  process.exit(1);
}
`;
