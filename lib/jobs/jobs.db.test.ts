import { randomUUID } from "node:crypto";

import { expect, test, vi } from "vitest";

import { runCron } from "@/app/api/cron/[job]/handler";
import { addDays } from "@/lib/day";
import { env } from "@/lib/env";
import { perform } from "@/lib/perform";
import { grantPoints } from "@/lib/points/keeping/commands";
import { once, requestKey } from "@/lib/request-key";
import { count, rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { withSettings } from "@/test/settings";
import { Wire } from "@/test/wire";
import { aKettle, anOrder, aToken, atOnce, aUser, balanceOf, endOfDayIn, ledgerOf, theClock, theShop, usersWith } from "@/test/world";

import vercel from "@/vercel.json";

import { isJobName, jobs, runJob } from "./index";
import type { Job } from "./job";
import { underLease } from "./lease";

const ask = (job: string, secret: string | null = env().CRON_SECRET) =>
  runCron(new Request(`http://shop/api/cron/${job}`, { headers: secret === null ? {} : { authorization: `Bearer ${secret}` } }), job);

test("what runs by itself on our own server is also called on Vercel, and nothing is called that does not exist", () => {
  const called = (vercel.crons as { path: string }[]).map(({ path }) => path.replace("/api/cron/", "")).sort();
  const paced = Object.entries(jobs).filter(([, job]) => (job as Job).everyMinutes !== undefined).map(([name]) => name).sort();
  expect(called).toEqual(paced);
});

test("all jobs at once, more than there are connections to the database, come to an end", async () => {
  const names = Object.keys(jobs).filter(isJobName);
  expect(names.length).toBeGreaterThan(env().POOL_SIZE);
  const runs = await Promise.all(names.map((name) => runJob(name)));
  expect(runs.map(({ status }) => status)).toEqual(names.map(() => "done"));
});

test("the sweep ends what is due in batches, reports it, and run again finds nothing", async () => {
  const people = await atOnce(5, () => aUser({ lots: [{ points: 10, expiresInDays: 1 }, { points: 90, expiresInDays: 90 }] }));
  const later = endOfDayIn(2);
  expect(await jobs["expire-points"].run(later, Date.now() + 20_000)).toMatchObject({ people: 5, lots: 5, points: 50, finished: 1 });
  expect(await jobs["expire-points"].run(later, Date.now() + 20_000)).toMatchObject({ people: 0, lots: 0, points: 0, finished: 1 });
  for (const who of people) expect(await balanceOf(who)).toBe(90);
});

test("a sweep that is stopped by its time leaves the rest, and the next goes on where it stopped", async () => {
  await usersWith(10, 3);
  const later = endOfDayIn(366);
  expect(await jobs["expire-points"].run(later, Date.now() - 1)).toMatchObject({ people: 0, finished: 0 });
  expect((await jobs["expire-points"].run(later, Date.now() + 20_000)).people).toBeGreaterThanOrEqual(3);
});

test("a sweep of more lots than one batch, killed after the first, is finished by the next: each lot once", async () => {
  const people = await usersWith(1, 300);
  // 1,200 due lots, four for each of the 300: a batch takes the 1,000 longest due, which are those of the first 250.
  const due = endOfDayIn(5).getTime();
  const gifts = people.flatMap(({ id }, place) => [0, 1, 2, 3].map((nth) => ({ userId: id, points: 1, expiresAt: new Date(due + place * 1_000 + nth), sourceId: randomUUID(), reason: "a gift" })));
  for (let from = 0; from < gifts.length; from += 200) await perform(theShop, (ctx) => grantPoints(ctx, gifts.slice(from, from + 200)));
  const later = endOfDayIn(6);
  const ended = () => count("SELECT COUNT(*) FROM points_transactions WHERE kind = 'expire' AND user_id BETWEEN ? AND ?", [people[0]!.id, people.at(-1)!.id]);
  const line = await Wire.to(env().DATABASE_URL);
  await withSettings({ DATABASE_URL: line.url, POOL_SIZE: 2 }, async () => {
    // Of the list and of the batch, each time.
    let commits = 0;
    line.judge = ({ sql }) => (sql === "COMMIT" && ++commits === 4 ? "drop" : "pass");
    await expect(jobs["expire-points"].run(later, Date.now() + 20_000)).rejects.toThrow();
    line.judge = null;
    expect(await ended()).toBe(250);
    expect(await jobs["expire-points"].run(later, Date.now() + 20_000)).toMatchObject({ people: 50, lots: 200, points: 200 });
  });
  await line.close();
  expect(await ended()).toBe(300);
});

test("somebody whose books are wrong stops nobody else's sweep and activation, and is named", async () => {
  expectErrors();
  const [bad, good] = await atOnce(2, () => aUser({ lots: [{ points: 10, expiresInDays: 1 }] }));
  const later = endOfDayIn(2);
  for (const who of [bad!, good!]) {
    await rows("INSERT INTO pending_points (user_id, points, source_type, source_id, breakdown, activates_at) VALUES (?, 5, 'test', ?, JSON_OBJECT('test', 5), ?)", [who.id, randomUUID(), later]);
    await rows("UPDATE point_accounts SET points_pending = 5 WHERE user_id = ?", [who.id]);
  }
  await rows("UPDATE point_accounts SET points_balance = 3, points_pending = 2 WHERE user_id = ?", [bad!.id]);
  const [pending] = await rows<{ id: number }>("SELECT id FROM pending_points WHERE user_id = ?", [bad!.id]);
  const run = (job: "expire-points" | "activate-pending") => jobs[job].run(later, Date.now() + 20_000);
  expect(await run("expire-points")).toMatchObject({ people: 1, points: 10, failures: [String(bad!.id)], finished: 1 });
  expect(await run("activate-pending")).toMatchObject({ grants: 1, points: 5, failures: [String(pending!.id)], finished: 1 });
  expect(await balanceOf(good!)).toBe(5);
  await rows("UPDATE point_accounts SET points_balance = 10, points_pending = 5 WHERE user_id = ?", [bad!.id]);
  expect([(await run("expire-points")).failures, (await run("activate-pending")).failures]).toEqual([[], []]);
});

test("of ten starts at once one runs; the others say that it is running", async () => {
  // The one that runs ends when all others have been told, however fast or slow the machine is.
  let end = (): void => undefined;
  const running = vi.spyOn(jobs.housekeeping, "run").mockReturnValueOnce(new Promise((resolve) => (end = () => resolve({}))));
  let told = 0;
  const runs = await atOnce(10, async () => {
    const run = await runJob("housekeeping");
    if (run.status === "already_running" && ++told === 9) end();
    return run;
  });
  running.mockRestore();
  expect(runs.filter(({ status }) => status === "done")).toHaveLength(1);
  expect(runs.filter(({ status }) => status === "already_running")).toHaveLength(9);
  expect(await runJob("housekeeping")).toMatchObject({ status: "done" });
});

test("while a command holds a job's lease the job does not run, and another command waits for it", async () => {
  const outcome = await underLease("roll-up", 0, async () => ({ job: await runJob("roll-up"), other: await underLease("roll-up", 0, () => Promise.resolve("ran")) }));
  expect(outcome).toEqual({ value: { job: { job: "roll-up", status: "already_running" }, other: null } });
  let begun: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => (begun = resolve));
  const first = underLease("roll-up", 0, () => new Promise((resolve) => { begun(); setTimeout(() => resolve("first"), 300); }));
  await isHeld;
  expect(await underLease("roll-up", 30, () => Promise.resolve("second"))).toEqual({ value: "second" });
  expect(await first).toEqual({ value: "first" });
});

test("a run is kept with its times and its report", async () => {
  await runJob("release-unpaid");
  const [run] = await rows<{ finished_at: Date; report: object; error: string | null }>("SELECT * FROM job_runs WHERE job = 'release-unpaid' ORDER BY id DESC LIMIT 1");
  expect(run).toMatchObject({ report: { released: 0, failures: [] }, error: null });
  expect(run!.finished_at).toBeInstanceOf(Date);
});

test("a job that fails is kept with its error, and gives its lease back", async () => {
  expectErrors();
  const failing = vi.spyOn(jobs.housekeeping, "run").mockRejectedValueOnce(new TypeError("no such thing"));
  await expect(runJob("housekeeping")).rejects.toThrow("no such thing");
  failing.mockRestore();
  const [run] = await rows<{ error: string }>("SELECT error FROM job_runs WHERE job = 'housekeeping' ORDER BY id DESC LIMIT 1");
  expect(run!.error).toContain("TypeError");
  expect(await runJob("housekeeping")).toMatchObject({ status: "done" });
});

test("the housekeeping forgets keys after a week and sessions after their end, and not a day earlier", async () => {
  const lin = await aUser();
  const press = () => perform(lin.actor, (ctx) => once(ctx, requestKey(randomUUID(), "x", {}), async () => 1));
  await press();
  await aToken(lin);
  theClock.passDays(6.9);
  await press();
  await aToken(lin);
  const left = async () => [await count("SELECT COUNT(*) FROM idempotency_keys WHERE actor_id = ?", [lin.id]), await count("SELECT COUNT(*) FROM sessions WHERE user_id = ?", [lin.id])];
  await jobs.housekeeping.run(theClock.now(), Date.now() + 10_000);
  expect(await left()).toEqual([2, 2]);
  theClock.passDays(0.2);
  await jobs.housekeeping.run(theClock.now(), Date.now() + 10_000);
  expect(await left()).toEqual([1, 2]);
  theClock.passDays(24);
  await jobs.housekeeping.run(theClock.now(), Date.now() + 10_000);
  expect(await left()).toEqual([0, 1]);
});

test("mail that has left or was given up is forgotten after a season, what waits is not", async () => {
  const recipient = `${randomUUID()}@example.com`;
  for (const status of ["sent", "failed", "queued"]) {
    await rows("INSERT INTO mail_messages (recipient, template, locale, props, subject, status, next_attempt_at, created_at) VALUES (?, 'change_email', 'en', '{}', ?, ?, '9999-01-01', ?)", [recipient, randomUUID(), status, theClock.now()]);
  }
  const kept = async () => (await rows<{ status: string }>("SELECT status FROM mail_messages WHERE recipient = ? ORDER BY id", [recipient])).map(({ status }) => status);
  theClock.passDays(89);
  await jobs.housekeeping.run(theClock.now(), Date.now() + 10_000);
  expect(await kept()).toEqual(["sent", "failed", "queued"]);
  theClock.passDays(2);
  await jobs.housekeeping.run(theClock.now(), Date.now() + 10_000);
  expect(await kept()).toEqual(["queued"]);
});

test("the housekeeping keeps the reports of a season", async () => {
  const now = theClock.now();
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  await rows("INSERT INTO job_runs (job, started_at) VALUES ('a test', ?), ('a test', ?)", [daysAgo(91), daysAgo(89)]);
  expect(await jobs.housekeeping.run(now, Date.now() + 10_000)).toMatchObject({ jobRuns: 1 });
  expect(await rows("SELECT started_at FROM job_runs WHERE job = 'a test'")).toEqual([{ started_at: daysAgo(89) }]);
});

test("what a job goes on from is kept however old it is; what came to nothing is not", async () => {
  const now = theClock.now();
  const at = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  await rows("INSERT INTO job_runs (job, started_at, report, error) VALUES ('retired', ?, '{\"at\": 1}', NULL), ('retired', ?, NULL, 'no'), ('retired', ?, '{\"at\": 2}', NULL), ('retired', ?, NULL, 'no'), ('retired', ?, NULL, 'no')", [at(99), at(98), at(97), at(96), at(1)]);
  await jobs.housekeeping.run(now, Date.now() + 10_000);
  expect(await rows("SELECT started_at FROM job_runs WHERE job = 'retired' ORDER BY id")).toEqual([{ started_at: at(97) }, { started_at: at(1) }]);
});

test("a step of the housekeeping that fails stops none of the later ones, and the run says that it failed", async () => {
  expectErrors();
  const lin = await aUser();
  await rows("INSERT INTO product_views (local_day, user_id, product_id) VALUES (?, ?, 1), (?, ?, 1)", [addDays(theClock.today(), -401), lin.id, addDays(theClock.today(), -400), lin.id]);
  await rows("RENAME TABLE job_runs TO job_runs_away");
  try {
    await expect(jobs.housekeeping.run(theClock.now(), Date.now() + 10_000)).rejects.toThrow();
  } finally {
    await rows("RENAME TABLE job_runs_away TO job_runs");
  }
  expect(await rows("SELECT CAST(local_day AS CHAR) AS day FROM product_views WHERE user_id = ?", [lin.id]), "who looked is forgotten after 400 days").toEqual([{ day: addDays(theClock.today(), -400) }]);
});

test("one unpaid order that cannot be released stops none of the others, and is named", async () => {
  expectErrors();
  const people = await atOnce(3, () => aUser({ points: 50 }));
  const kettle = await aKettle();
  const orders = [];
  for (const who of people) orders.push(await anOrder(who, kettle));
  const bad = orders[1]!.orderId;
  // An order whose pieces were given back behind the shop's back cannot give them back again.
  await rows("INSERT INTO stock_moves (sku_id, quantity, reason, source_id) VALUES (?, 1, 'release', ?)", [kettle.skuId, bad]);
  theClock.passMinutes(16);
  expect(await jobs["release-unpaid"].run(theClock.now(), Date.now() + 10_000)).toEqual({ released: 2, failures: [bad] });
  expect(await Promise.all(people.map(balanceOf))).toEqual([50, 0, 50]);
  await rows("DELETE FROM stock_moves WHERE reason = 'release' AND source_id = ?", [bad]);
  expect(await jobs["release-unpaid"].run(theClock.now(), Date.now() + 10_000)).toEqual({ released: 1, failures: [] });
});

test.each([["no secret", null], ["another secret", "guess"], ["a part of it", env().CRON_SECRET.slice(0, -1)], ["more than it", `${env().CRON_SECRET}x`]])("the cron route runs nothing for %s", async (_, secret) => {
  const before = await count("SELECT COUNT(*) FROM job_runs");
  expect((await ask("expire-points", secret)).status).toBe(401);
  expect(await count("SELECT COUNT(*) FROM job_runs")).toBe(before);
});

test("the cron route runs a job for whoever has the secret, and knows no other jobs", async () => {
  const lin = await aUser({ lots: [{ points: 10, expiresInDays: 0 }] });
  theClock.passDays(1);
  const reply = await ask("expire-points");
  expect([reply.status, await reply.json()]).toMatchObject([200, { job: "expire-points", status: "done", report: { people: 1, points: 10 } }]);
  expect(await ledgerOf(lin)).toHaveLength(2);
  for (const job of ["__proto__", "constructor", "toString", "nothing"]) {
    expect(isJobName(job)).toBe(false);
    expect((await ask(job)).status).toBe(404);
  }
});

test("the cron route that fails says only that it failed", async () => {
  expectErrors();
  vi.spyOn(jobs.housekeeping, "run").mockRejectedValueOnce(new Error("the password is 1234"));
  const reply = await ask("housekeeping");
  expect([reply.status, await reply.json()]).toEqual([500, { job: "housekeeping", status: "failed" }]);
});

test("jobs do their work for the shop, in nobody's name", async () => {
  const lin = await aUser({ lots: [{ points: 10, expiresInDays: 0 }] });
  theClock.passDays(1);
  await runJob("expire-points");
  expect(await rows("SELECT actor_id FROM points_transactions WHERE user_id = ? AND kind = 'expire'", [lin.id])).toEqual([{ actor_id: null }]);
});
