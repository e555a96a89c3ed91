/** Ours, as it appears in the mesh, in the catalog and in `covey --version`. */
export const version = "0.1.0";
