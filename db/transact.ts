import type { PoolConnection } from "mysql2/promise";

import { errnoOf, log } from "@/lib/log";

import { pool, txOn, type Tx } from "./client";

const ATTEMPTS_MAX = 5;
const DEADLINE_MS = 10_000;
const DEADLOCK = 1213;
const LOCK_WAIT_TIMEOUT = 1205;

export type AfterCommit = (effect: () => void | Promise<void>) => void;

/** The connection broke while COMMIT was under way: the work may or may not be done. Its idempotency key tells. */
export class UnknownCommitError extends Error {
  override readonly name = "UnknownCommitError";
}

/** The database did not answer in time; nothing was committed. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/** Whether the database does not answer at all: another try now would wait as long. */
export const isSilence = (error: unknown): boolean => error instanceof DeadlineError;

/**
 * Runs `work` in one READ COMMITTED transaction on a connection of its own and commits it.
 * A deadlock or lock wait (1213, 1205) runs the whole of `work` again, so it touches nothing but the database;
 * effects given to `afterCommit` run once, after the commit, and their failure does not undo it.
 */
export async function transact<T>(work: (tx: Tx, afterCommit: AfterCommit) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const effects: (() => void | Promise<void>)[] = [];
    try {
      const result = await attemptOnce(work, (effect) => effects.push(effect));
      await runEffects(effects);
      return result;
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isRetryable(error)) throw error;
      await new Promise((wake) => setTimeout(wake, Math.random() * 10 * 2 ** attempt));
    }
  }
}

const isRetryable = (error: unknown): boolean => {
  const errno = errnoOf(error);
  return errno === DEADLOCK || errno === LOCK_WAIT_TIMEOUT;
};

async function attemptOnce<T>(work: (tx: Tx, afterCommit: AfterCommit) => Promise<T>, afterCommit: AfterCommit): Promise<T> {
  const connection = await pool().getConnection();
  let usable = false;
  let deadline: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new DeadlineError(`no answer from the database in ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  try {
    await Promise.race([connection.query("START TRANSACTION"), tooLate]);
    let result: T;
    try {
      result = await Promise.race([work(txOn(connection), afterCommit), tooLate]);
    } catch (error) {
      usable = !(error instanceof DeadlineError) && (await rolledBack(connection));
      throw error;
    }
    await Promise.race([connection.query("COMMIT"), tooLate]).catch((error: unknown) => {
      throw new UnknownCommitError("the commit was not confirmed", { cause: error });
    });
    usable = true;
    return result;
  } finally {
    clearTimeout(deadline);
    // A connection whose transaction did not end here must not reach the next request.
    if (usable) connection.release();
    else connection.destroy();
  }
}

async function rolledBack(connection: PoolConnection): Promise<boolean> {
  try {
    await connection.query("ROLLBACK");
    return true;
  } catch {
    return false;
  }
}

async function runEffects(effects: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const effect of effects) {
    try {
      await effect();
    } catch (error) {
      log.error({ err: error }, "effect after commit failed");
    }
  }
}
