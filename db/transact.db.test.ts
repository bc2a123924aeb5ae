import { expect, test, vi } from "vitest";

import { env } from "@/lib/env";
import { settle } from "@/lib/outcome";
import { rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { withSettings } from "@/test/settings";
import { Wire } from "@/test/wire";
import { atOnce, aUser } from "@/test/world";

import type { Tx } from "./client";
import { sendPacket, statement } from "./packet";
import { DeadlineError, transact, UnknownCommitError } from "./transact";

const run = (tx: Tx, sql: string, values: readonly (string | number)[] = []) => sendPacket(tx, [statement(sql, values)]);
const rename = (tx: Tx, id: number, locale: string) => run(tx, "UPDATE users SET locale = ? WHERE id = ?", [locale, id]);
const localeOf = async (id: number) => (await rows<{ locale: string }>("SELECT locale FROM users WHERE id = ?", [id]))[0]!.locale;

/** An error as the driver throws it. */
const mysqlError = (errno: number) => Object.assign(new Error(`errno ${errno}`), { errno, code: "ER_TEST" });

test("a transaction reads committed rows, in UTC, and waits three seconds for a lock", async () => {
  const [[session]] = await transact((tx) => run(tx, "SELECT @@transaction_isolation AS isolation, @@time_zone AS zone, @@innodb_lock_wait_timeout AS seconds")) as unknown as [[Record<string, unknown>]];
  expect(session).toEqual({ isolation: "READ-COMMITTED", zone: "+00:00", seconds: 3 });
});

test("work that throws leaves nothing, and its connection can be used again", async () => {
  const { id } = await aUser();
  await withSettings({ POOL_SIZE: 1 }, async () => {
    await expect(transact(async (tx) => {
      await rename(tx, id, "xx");
      throw new TypeError("no");
    })).rejects.toThrow("no");
    expect(await localeOf(id)).toBe("en");
    await transact((tx) => rename(tx, id, "zh-CN"));
    expect(await localeOf(id)).toBe("zh-CN");
  });
});

test.each([["a deadlock", 1213], ["a lock that was waited for too long", 1205]])("%s runs the whole of the work again", async (_, errno) => {
  const { id } = await aUser();
  let attempts = 0;
  await transact(async (tx) => {
    await rename(tx, id, "xx");
    if (++attempts < 3) throw mysqlError(errno);
    await rename(tx, id, "ok");
  });
  expect(attempts).toBe(3);
  expect(await localeOf(id)).toBe("ok");
});

test("a retry ends after five attempts, with the error", async () => {
  let attempts = 0;
  await expect(transact(async () => {
    attempts++;
    throw mysqlError(1213);
  })).rejects.toMatchObject({ errno: 1213 });
  expect(attempts).toBe(5);
});

test.each([1062, 1064, 3819, 1317])("error %i is not tried again", async (errno) => {
  let attempts = 0;
  await expect(transact(async () => {
    attempts++;
    throw mysqlError(errno);
  })).rejects.toMatchObject({ errno });
  expect(attempts).toBe(1);
});

test("two transactions that lock each other's rows both come through", async () => {
  const [a, b] = [await aUser(), await aUser()];
  const arrived: (() => void)[] = [];
  const both = new Promise<void>((go) => arrived.push(go));
  let waiting = 0;
  const meet = async () => {
    if (++waiting === 2) arrived[0]!();
    await both;
  };
  const cross = (first: number, second: number, locale: string) => transact(async (tx) => {
    await rename(tx, first, locale);
    await meet();
    await rename(tx, second, locale);
  });
  await Promise.all([cross(a.id, b.id, "x1"), cross(b.id, a.id, "x2")]);
  expect(await localeOf(a.id)).toBe(await localeOf(b.id));
});

test("effects run once, after the commit, and only those of the attempt that was committed", async () => {
  const { id } = await aUser();
  const seen: string[] = [];
  let attempts = 0;
  await transact(async (tx, afterCommit) => {
    const attempt = ++attempts;
    afterCommit(async () => void seen.push(`${attempt} ${await localeOf(id)}`));
    await rename(tx, id, "ok");
    if (attempt === 1) throw mysqlError(1213);
  });
  expect(seen).toEqual(["2 ok"]);
});

test("an effect that fails is logged, undoes nothing, and stops no other", async () => {
  expectErrors();
  const { id } = await aUser();
  let isSecondDone = false;
  await transact(async (tx, afterCommit) => {
    afterCommit(() => Promise.reject(new Error("no mail today")));
    afterCommit(() => void (isSecondDone = true));
    await rename(tx, id, "ok");
  });
  expect([await localeOf(id), isSecondDone]).toEqual(["ok", true]);
});

test.each([["lost before it arrived", "drop"], ["done, and its answer lost", "lose-reply"]] as const)("a commit that was %s is unknown, is never tried again, and costs no connection", async (_, verdict) => {
  const { id } = await aUser();
  const line = await Wire.to(env().DATABASE_URL);
  await withSettings({ DATABASE_URL: line.url, POOL_SIZE: 1 }, async () => {
    let attempts = 0;
    line.judge = ({ sql }) => (sql === "COMMIT" ? verdict : "pass");
    await expect(transact(async (tx) => {
      attempts++;
      await rename(tx, id, "ok");
    })).rejects.toBeInstanceOf(UnknownCommitError);
    expect(attempts).toBe(1);
    line.judge = null;
    expect(await localeOf(id)).toBe(verdict === "drop" ? "en" : "ok");
    await transact((tx) => rename(tx, id, "again"));
  });
  await line.close();
});

test("whatever statement a connection dies at, the pool of two is whole afterwards", async () => {
  const { id } = await aUser();
  const line = await Wire.to(env().DATABASE_URL);
  await withSettings({ DATABASE_URL: line.url, POOL_SIZE: 2 }, async () => {
    for (const [place, verdict] of [["START TRANSACTION", "drop"], ["UPDATE", "drop"], ["UPDATE", "lose-reply"], ["ROLLBACK", "drop"], ["COMMIT", "drop"]] as const) {
      for (let round = 0; round < 3; round++) {
        line.judge = ({ sql }) => (sql.startsWith(place) ? verdict : "pass");
        await expect(transact(async (tx) => {
          await rename(tx, id, "xx");
          if (place === "ROLLBACK") throw new Error("roll back");
        })).rejects.toThrow();
      }
    }
    line.judge = null;
    await atOnce(6, () => transact((tx) => rename(tx, id, "ok")));
  });
  await line.close();
  expect(await localeOf(id)).toBe("ok");
});

test("a connection that the server kills is not handed out again", async () => {
  const { id } = await aUser();
  await withSettings({ POOL_SIZE: 1 }, async () => {
    await expect(transact(async (tx) => {
      await run(tx, "KILL CONNECTION_ID()").catch(() => undefined);
      await rename(tx, id, "xx");
    })).rejects.toThrow();
    await transact((tx) => rename(tx, id, "ok"));
  });
  expect(await localeOf(id)).toBe("ok");
});

test("a packet that fails in the middle takes back what came before it", async () => {
  const { id } = await aUser();
  await expect(transact((tx) => sendPacket(tx, [
    statement("UPDATE users SET locale = 'xx' WHERE id = ?", [id]), statement("INSERT INTO users (id) VALUES (?)", [id]), statement("UPDATE users SET locale = 'yy' WHERE id = ?", [id]),
  ]))).rejects.toThrow();
  expect(await localeOf(id)).toBe("en");
});

test("a shop whose database is gone says that it is unavailable, and comes back with it", async () => {
  expectErrors();
  const { id } = await aUser();
  const line = await Wire.to(env().DATABASE_URL);
  await withSettings({ DATABASE_URL: line.url, POOL_SIZE: 2 }, async () => {
    const ask = () => settle(async () => ({ ok: true, value: await transact((tx) => rename(tx, id, "ok")) }));
    await ask();
    line.cut();
    expect(await ask()).toMatchObject({ ok: false, code: "unavailable" });
    expect(await ask()).toMatchObject({ ok: false, code: "unavailable" });
    line.heal();
    expect(await ask()).toMatchObject({ ok: true });
  });
  await line.close();
});

test("a packet goes nowhere but into a transaction that transact opened", async () => {
  await expect(sendPacket({} as Tx, [statement("SELECT 1")])).rejects.toThrow("not a transaction");
});

test("a transaction that gets no answer ends, and its connection with it", async () => {
  const { id } = await aUser();
  const line = await Wire.to(env().DATABASE_URL);
  await withSettings({ DATABASE_URL: line.url, POOL_SIZE: 1 }, async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      line.judge = ({ sql }) => {
        if (!sql.startsWith("UPDATE")) return "pass";
        void vi.advanceTimersByTimeAsync(11_000);
        return new Promise(() => undefined);
      };
      await expect(transact((tx) => rename(tx, id, "xx"))).rejects.toBeInstanceOf(DeadlineError);
    } finally {
      vi.useRealTimers();
    }
    line.judge = null;
    await transact((tx) => rename(tx, id, "ok"));
  });
  await line.close();
  expect(await localeOf(id)).toBe("ok");
});
