import type { Place } from "./place";
import type { Content, Message, Shape } from "./shape";

/**
 * Throws MesosCodecError where a required field is missing anywhere in `message`. Asked only when all is read, because bytes
 * may bring a message in parts.
 */
export function requireComplete(shape: Shape, message: Message, place: Place): void {
  for (const { name, rule, of } of shape.fields) {
    const value = message[name];
    if (value === undefined) {
      if (rule === "required") throw place.missing(name);
      continue;
    }
    if (of.kind !== "message") continue;
    place.enter(name);
    if (rule === "repeated") requireEach((value as unknown[]).entries(), of, place);
    else if (rule === "map") requireEach(Object.entries(value as object), of, place);
    else requireComplete(of.shape, value as Message, place);
    place.leave();
  }
}

function requireEach(
  elements: Iterable<readonly [step: string | number, element: unknown]>,
  of: Content & { readonly kind: "message" },
  place: Place,
): void {
  for (const [step, element] of elements) {
    place.enter(step);
    requireComplete(of.shape, element as Message, place);
    place.leave();
  }
}
