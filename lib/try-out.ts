import "server-only";

import { randomUUID } from "node:crypto";

import { env, s3SettingsOf } from "./env";
import { log } from "./log";
import { mailWay, openPost, sceneFor } from "./mail";
import type { Policy } from "./settings/policy";
import { storage, type Storage } from "./storage";

/** What a server said when it was tried out, in its own words: they are for who set it up. */
export type Tried = { isOk: boolean; answer: string };

const ANSWER_MAX = 300;
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, ANSWER_MAX);

/** Sends a message to a member of staff past the outbox, and returns the server's answer; null where there is no server to answer. */
export async function tryMail(to: { email: string; username: string; locale: string }, policy: Policy): Promise<Tried | null> {
  if (mailWay() !== "smtp") return null;
  const { composeMail } = await import("@/components/mail/compose");
  const { subject, html, text, headers } = await composeMail("test_mail", sceneFor(to.locale, policy), { name: to.username });
  const post = openPost();
  try {
    const answer = await post.send({ messageId: `<test-${randomUUID()}@${new URL(env().NEXTAUTH_URL).hostname}>`, recipient: to.email, subject, html, text, headers });
    return { isOk: true, answer: oneLine(answer) };
  } catch (error) {
    log.warn({ err: error }, "a test mail was not taken");
    return { isOk: false, answer: answerOf(error) };
  } finally {
    post.close();
  }
}

/** The first step that failed, or `done`. */
export type StorageStep = "write" | "read" | "compare" | "delete" | "done";

/** Writes a small file, reads it back and deletes it. */
export async function tryStorage(given?: Storage): Promise<{ step: StorageStep; answer: string }> {
  const key = `checks/${randomUUID()}.txt`;
  const bytes = new TextEncoder().encode(key);
  let step: StorageStep = "write";
  try {
    const store = given ?? (await storage());
    await store.put(key, bytes, "text/plain");
    step = "read";
    const found = await store.get(key);
    step = "compare";
    if (!found || Buffer.compare(found, bytes) !== 0) return { step, answer: "" };
    step = "delete";
    await store.delete(key);
    if (await store.get(key)) return { step, answer: "" };
    return { step: "done", answer: "" };
  } catch (error) {
    log.warn({ err: error, step }, "the storage did not pass its test");
    return { step, answer: answerOf(error) };
  }
}

/** A server's own answer says most; else the error's name and message. */
function answerOf(error: unknown): string {
  const { response, code, message, name } = error as { response?: unknown; code?: unknown; message?: string; name?: string };
  if (typeof response === "string" && response) return oneLine(response);
  return oneLine([typeof code === "string" && !message?.includes(code) ? code : "", message || name || "unknown"].filter(Boolean).join(": "));
}

/** Where uploads are kept, as the settings show it. Keys and secrets are not part of it. */
export type StoragePlace = { kind: "disk"; folder: string } | { kind: "bucket"; bucket: string; region: string; endpoint: string | null };

export function storagePlace(): StoragePlace {
  const bucket = s3SettingsOf(env());
  return bucket ? { kind: "bucket", bucket: bucket.bucket, region: bucket.region, endpoint: bucket.endpoint ?? null } : { kind: "disk", folder: env().STORAGE_DIR };
}
