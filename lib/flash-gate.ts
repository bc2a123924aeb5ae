import "server-only";

import { createHash, randomUUID } from "node:crypto";

import { db } from "@/db/client";

import { currentTime } from "./clock";
import type { UserId } from "./ctx";
import { env } from "./env";
import { countTaken, findFlashState, listGuardedSales } from "./flash/queries";
import { ADMIT, ADMITTED, CORRECT, COUNT_PERSON, GREET, LEAVE, LIMIT_REACHED, NONE_FREE, NONE_LEFT, SETTLED, TO_MYSQL, type Outcome } from "./flash-gate-scripts";
import { Lane, LaneFullError, sharedLane } from "./lane";
import { log } from "./log";
import { redis } from "./redis";
import { refuse, type Decision, type Refused } from "./refusal";
import type { RequestKey } from "./request-key";

/** A request before the gate: so many pieces of one SKU. */
export type AtGate = { userId: UserId; skuId: number; quantity: number; request: RequestKey };

type Ways<Reply> = {
  /** The way through: MySQL decides. */
  toMysql: () => Promise<Decision<Reply>>;
  /** The way of those who are turned away: the reply that their key has won already, else the refusal. */
  ifRepeated: (refusal: Refused) => Promise<Decision<Reply>>;
};

type Guarded = { id: number; skuId: number; limitPerUser: number; forgetAt: number };

/** Next bundles pages, actions and routes apart; the process has one gate. */
type Gate = { name: string; sales: ReadonlyMap<number, Guarded>; isShut: boolean; lookedAt: number; isLooking: boolean; openUntil: number; correctedAt: Map<number, number>; waits: Map<number, Promise<void>> };
const shared = globalThis as { pointsMallFlashGate?: Gate };
const gate = (): Gate => (shared.pointsMallFlashGate ??= { name: randomUUID(), sales: new Map(), isShut: false, lookedAt: 0, isLooking: false, openUntil: 0, correctedAt: new Map(), waits: new Map() });

/** The process looks this often which sales there are, and who else serves them. */
const LOOK_EVERY_MS = 2_000;
const GUARDED_AHEAD_MS = 60_000;
/** A process that was not heard of for so long has gone. */
const BELIEVED_MS = 10_000;
/** The tokens are compared with MySQL this often while the sale is asked for; sooner only when Redis has lost them. */
const CORRECT_EVERY_MS = 1_000;
const REBUILD_EVERY_MS = 50;
/** Longer than a request takes that is answered at all; then its token counts as lost. */
const INSIDE_MS = 10_000;
const FORGET_AFTER_MS = 3_600_000;
/** Redis must answer within this time, or the gate stands open for a while. */
const PATIENCE_MS = 100;
const OPEN_MS = 1_000;
/** Those who wait for what others leave look this often, so many times, and ask again so often; then MySQL decides. */
const SETTLE_MS = 15;
const LOOKS_MAX = 40;
const TURNS_MAX = 8;

/**
 * The gate in front of flash sales: Redis turns away whom MySQL would refuse, so that several processes do not crowd one row.
 * It only ever refuses early. Who passes is decided by MySQL, and where Redis is missing, slow or empty everybody passes.
 */
export async function throughGate<Reply>(at: AtGate, ways: Ways<Reply>): Promise<Decision<Reply>> {
  const sale = guardOf(at.skuId);
  if (!sale) return ways.toMysql();
  const verdict = await verdictOn({ ...at, sale });
  if (verdict === NONE_LEFT) return ways.ifRepeated(refuse("sold_out", { left: 0 }));
  if (verdict === LIMIT_REACHED) return overLimit(at, sale, ways);
  return verdict === ADMITTED ? inside({ ...at, sale }, ways.toMysql) : ways.toMysql();
}

/** Nobody is told that all is gone while somebody inside may still be refused: they wait until it is decided, then ask again. */
async function verdictOn(asked: Asked): Promise<number> {
  for (let time = 0; time < TURNS_MAX; time++) {
    const verdict = await admissions().submit(asked);
    if (verdict !== NONE_FREE) return verdict;
    await untilSettled(asked.sale);
  }
  return TO_MYSQL;
}

/** The sale of a SKU, when the gate is shut for it. What is known is used at once and renewed beside it. */
function guardOf(skuId: number): Guarded | null {
  const state = gate();
  if (env().FLASH_GATE === "off" || !redis()) return null;
  if (Date.now() - state.lookedAt >= LOOK_EVERY_MS && !state.isLooking) void look(state);
  return state.isShut && Date.now() >= state.openUntil ? (state.sales.get(skuId) ?? null) : null;
}

/** One process alone knows by itself when the shelf is empty, and is faster without asking anybody. */
async function look(state: Gate): Promise<void> {
  state.isLooking = true;
  try {
    const sales = await listGuardedSales(db(), currentTime(), GUARDED_AHEAD_MS);
    state.sales = new Map(sales.map(({ id, skuId, limitPerUser, endsAt }) => [skuId, { id, skuId, limitPerUser, forgetAt: endsAt.getTime() + FORGET_AFTER_MS }]));
    state.isShut = sales.length > 0 && (env().FLASH_GATE === "on" || (await ask<number>(GREET, [`mall:flash:${shop()}:processes`], [state.name, BELIEVED_MS])) > 1);
  } catch (error) {
    log.debug({ err: error }, "the gate of flash sales stays as it is");
  } finally {
    state.lookedAt = Date.now();
    state.isLooking = false;
  }
}

/** Looks now: for tests, and for a process that begins to serve. */
export const lookAtSales = (): Promise<void> => look(gate());

type Asked = AtGate & { sale: Guarded };

/** The requests of one tick are judged together, sale by sale. */
const admissions = () => sharedLane("flash-admissions", () => new Lane<Asked, number>(admit, { batchMax: 512, widthMax: 4, besideMin: 32, waitingMax: 50_000 }));

async function admit(all: readonly Asked[]): Promise<number[]> {
  const verdicts = new Map<Asked, number>();
  await Promise.all([...groupedBySale(all)].map(async ([sale, some]) => {
    const answers = await admitTo(sale, some);
    some.forEach((each, index) => verdicts.set(each, answers[index] ?? TO_MYSQL));
  }));
  return all.map((each) => verdicts.get(each)!);
}

function groupedBySale(all: readonly Asked[]): Map<Guarded, Asked[]> {
  const groups = new Map<number, { sale: Guarded; some: Asked[] }>();
  for (const each of all) {
    const group = groups.get(each.skuId) ?? { sale: each.sale, some: [] };
    groups.set(each.skuId, group);
    group.some.push(each);
  }
  return new Map([...groups.values()].map(({ sale, some }) => [sale, some]));
}

/** A verdict for each; none where Redis does not know the sale or does not answer, and then everybody passes. */
async function admitTo(sale: Guarded, some: readonly Asked[]): Promise<readonly number[]> {
  try {
    const verdicts = await ask<number[]>(ADMIT, keysOf(sale), [INSIDE_MS, ...some.flatMap((each) => [memberOf(each), each.userId, each.quantity])]);
    correctWhenDue(sale, verdicts.length === 0 ? REBUILD_EVERY_MS : CORRECT_EVERY_MS);
    return verdicts;
  } catch {
    return [];
  }
}

/** Shops that share a Redis have SKUs of the same numbers: their databases tell them apart. */
const shop = (): string => createHash("sha256").update(env().DATABASE_URL).digest("hex").slice(0, 8);

/** Where a sale's tokens are, who was admitted, and who is inside. */
export const keysOf = ({ skuId }: { skuId: number }): string[] => ["left", "people", "inside"].map((what) => `mall:flash:{${shop()}:${skuId}}:${what}`);

const memberOf = ({ userId, quantity, request }: AtGate): string => `${userId}:${createHash("sha256").update(request.key).digest("base64url").slice(0, 22)}:${quantity}`;

async function inside<Reply>(asked: Asked, toMysql: () => Promise<Decision<Reply>>): Promise<Decision<Reply>> {
  try {
    const answer = await toMysql();
    void leaving().submit({ ...asked, outcome: outcomeOf(answer, asked.skuId) });
    return answer;
  } catch (error) {
    // Whether it was committed is not known unless it was never begun: its token is settled by the next correction.
    if (error instanceof LaneFullError) void leaving().submit({ ...asked, outcome: "back" });
    throw error;
  }
}

/** A coupon's gift may be gone while the sale goes on: then the refusal names the gift. */
function outcomeOf(answer: Decision<unknown>, skuId: number): Outcome {
  if (answer.ok) return "sold";
  return answer.code === "sold_out" && answer.detail.left === 0 && (answer.detail.skuId ?? skuId) === skuId ? "none" : "back";
}

type Leaving = Asked & { outcome: Outcome };

const leaving = () => sharedLane("flash-leaving", () => new Lane<Leaving, null>(leave, { batchMax: 512, widthMax: 1, waitingMax: 100_000 }));

async function leave(all: readonly Leaving[]): Promise<null[]> {
  for (const [sale, some] of groupedBySale(all) as Map<Guarded, Leaving[]>) {
    await ask(LEAVE, keysOf(sale), some.flatMap((each) => [memberOf(each), each.outcome])).catch(() => undefined);
  }
  return all.map(() => null);
}

/** Redis counts who was admitted, and not who cancelled since: MySQL is asked before somebody is refused for good. */
async function overLimit<Reply>(at: AtGate, sale: Guarded, { toMysql, ifRepeated }: Ways<Reply>): Promise<Decision<Reply>> {
  const taken = await countTaken(at);
  if (taken + at.quantity > sale.limitPerUser) return ifRepeated(refuse("purchase_limit", { limit: sale.limitPerUser, left: Math.max(0, sale.limitPerUser - taken) }));
  void ask(COUNT_PERSON, keysOf(sale), [at.userId, taken]).catch(() => undefined);
  return toMysql();
}

/** One look for all who wait for the same sale. */
function untilSettled(sale: Guarded): Promise<void> {
  const { waits } = gate();
  const waiting = waits.get(sale.skuId) ?? askWhetherSettled(sale).finally(() => waits.delete(sale.skuId));
  waits.set(sale.skuId, waiting);
  return waiting;
}

async function askWhetherSettled(sale: Guarded): Promise<void> {
  for (let time = 0; time < LOOKS_MAX; time++) {
    await new Promise((wake) => setTimeout(wake, SETTLE_MS));
    if (await ask<number>(SETTLED, keysOf(sale), []).catch(() => 1)) return;
  }
}

function correctWhenDue(sale: Guarded, everyMs: number): void {
  const { correctedAt } = gate();
  if (Date.now() - (correctedAt.get(sale.skuId) ?? 0) < everyMs) return;
  correctedAt.set(sale.skuId, Date.now());
  correctTokens(sale).catch((error: unknown) => log.debug({ err: error, flashSale: sale.id }, "the tokens of a flash sale were not corrected"));
}

async function correctTokens(sale: Guarded): Promise<void> {
  const state = await findFlashState(sale.id);
  if (state) await ask(CORRECT, keysOf(sale), [state.stock, sale.limitPerUser, sale.forgetAt]);
}

/** Runs a script, within the patience; a Redis that fails is left alone for a while. */
async function ask<Result>(script: string, keys: string[], args: (string | number)[]): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => (timer = setTimeout(reject, PATIENCE_MS, new Error("Redis took too long"))));
  try {
    const client = redis();
    if (!client) throw new Error("there is no Redis");
    return await Promise.race([client.eval<(string | number)[], Result>(script, keys, args), tooLate]);
  } catch (error) {
    gate().openUntil = Date.now() + OPEN_MS;
    log.debug({ err: error }, "the gate of flash sales is open: MySQL decides alone");
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
