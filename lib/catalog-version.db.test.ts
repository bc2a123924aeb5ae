import { expect, test } from "vitest";

import { withSettings } from "@/test/settings";
import { Wire } from "@/test/wire";

import { catalogVersion, renewCatalogVersion } from "./catalog-version";
import { env } from "./env";
import { redis } from "./redis";

test("all who ask are told the same version, until the catalogue changes", async () => {
  const [first, ...others] = await Promise.all([catalogVersion(), catalogVersion(), catalogVersion()]);
  expect(first).toEqual(expect.any(String));
  expect(others).toEqual([first, first]);
  await renewCatalogVersion();
  const next = await catalogVersion();
  expect(next).not.toBe(first);
  expect(await catalogVersion()).toBe(next);
});

test("a Redis that lost its memory gives a new version, the same to all", async () => {
  const before = await catalogVersion();
  await redis()!.del(`mall:catalog-version:${new URL(env().DATABASE_URL).pathname}`);
  const after = await Promise.all([catalogVersion(), catalogVersion()]);
  expect(after[0]).toBe(after[1]);
  expect(after[0]).not.toBe(before);
});

test("without a Redis there is no version", async () => {
  await withSettings({ REDIS_URL: undefined }, async () => {
    expect(await catalogVersion()).toBeNull();
    await renewCatalogVersion();
  });
  expect(await catalogVersion()).toEqual(expect.any(String));
});

test.each(["freeze", "cut"] as const)("with a Redis that does not answer (%s) there is none either, soon, and a change is still made", async (failure) => {
  const line = await Wire.to(env().REDIS_URL!);
  line[failure]();
  const began = performance.now();
  await withSettings({ REDIS_URL: line.url }, async () => {
    expect(await catalogVersion()).toBeNull();
    await renewCatalogVersion();
  });
  expect(performance.now() - began).toBeLessThan(20_000);
  await line.close();
});
