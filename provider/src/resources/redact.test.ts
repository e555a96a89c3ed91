import { redact } from "./redact";

test("takes out every occurrence of every secret", () => {
  expect(redact("token abcdefgh, again abcdefgh, key 12345678", ["abcdefgh", "12345678"])).toBe(
    "token [secret], again [secret], key [secret]",
  );
});

test("takes out private keys, also one that is cut off", () => {
  const text =
    "a\n-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\nb\n-----BEGIN EC PRIVATE KEY-----\nMHc";
  expect(redact(text, [])).toBe("a\n[secret]\nb\n[secret]");
});

test("leaves the text alone where a secret is too short to be one", () => {
  expect(redact("a banana", ["a", ""])).toBe("a banana");
});
