import { ensureDebianImage } from "../../../scripts/images/debian-image";

/** A machine's two ways to start things besides systemd: the real OpenRC and the real cron. */
export function ensureBootImage(): Promise<string> {
  return ensureDebianImage(
    {
      name: "covey-test-boot:1",
      describedIn: [__filename],
      packages: ["cron", "openrc"],
      changes: ['CMD ["sh"]'],
    },
    () => undefined,
  );
}
