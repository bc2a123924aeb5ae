import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";

import { expect, test } from "vitest";

import { privateKeyFrom, privatePem, publicKeyFrom, publicPem, reads } from "./payment-keys";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const bare = (der: Buffer): string => der.toString("base64");
const message = Buffer.from("an order");
const signature = sign("sha256", message, privateKey);

test.each([
  ["PEM", privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
  ["PEM in one line", privateKey.export({ type: "pkcs1", format: "pem" }).toString().replaceAll("\n", "\\n")],
  ["the bare base64 of PKCS#8", bare(privateKey.export({ type: "pkcs8", format: "der" }))],
  ["the bare base64 of PKCS#1, in lines", bare(privateKey.export({ type: "pkcs1", format: "der" })).replace(/(.{64})/g, "$1\n")],
])("a private key is read from %s", (_, text) => {
  expect(sign("sha256", message, privateKeyFrom(text)).equals(signature)).toBe(true);
  expect(sign("sha256", message, createPrivateKey(privatePem(text))).equals(signature)).toBe(true);
});

test.each([
  ["PEM", publicKey.export({ type: "spki", format: "pem" }).toString()],
  ["PEM in one line", publicKey.export({ type: "pkcs1", format: "pem" }).toString().replaceAll("\n", "\\n")],
  ["the bare base64", bare(publicKey.export({ type: "spki", format: "der" }))],
])("a public key is read from %s", (_, text) => {
  expect(verify("sha256", message, publicKeyFrom(text), signature)).toBe(true);
  expect(verify("sha256", message, createPublicKey(publicPem(text)), signature)).toBe(true);
});

test("what is no key, or one of another kind, is not read", () => {
  const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });
  for (const text of ["", "secret", "MIIB", elliptic.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), publicPem(bare(publicKey.export({ type: "spki", format: "der" })))]) expect(reads(privateKeyFrom, text)).toBe(false);
  for (const text of ["", "secret", elliptic.publicKey.export({ type: "spki", format: "pem" }).toString(), privateKey.export({ type: "pkcs8", format: "pem" }).toString()]) expect(reads(publicKeyFrom, text)).toBe(false);
});
