import "server-only";

import { findSession, type Person } from "./accounts/queries";
import { tokenDigest } from "./accounts/session-token";
import { noteUse } from "./accounts/sessions/commands";
import { isSeenLongAgo } from "./accounts/sessions/living";
import { currentTime } from "./clock";
import { Lane, sharedLane } from "./lane";
import { log } from "./log";
import { perform } from "./perform";

/** Whoever comes with this token: every way in asks here, and to come is to use the session. Null where it is nobody's living one. */
export async function findVisitor(token: string): Promise<Person | null> {
  const person = await findSession(token);
  if (person && isSeenLongAgo(person, currentTime())) await noteCalmly(tokenDigest(token));
  return person;
}

/** On the morning of a sale everybody is seen for the first time that day: together, not each in a transaction of their own. */
const uses = () =>
  sharedLane("session-uses", () =>
    new Lane<Buffer, null>(async (digests) => {
      await perform({ kind: "system", name: "session-use" }, (ctx) => noteUse(ctx, digests));
      return digests.map(() => null);
    }, { batchMax: 256, widthMax: 1, waitingMax: 50_000 }),
  );

/** A use that could not be noted ends no request: at the worst the session ends sooner. */
const noteCalmly = (digest: Buffer): Promise<unknown> => uses().submit(digest).catch((error: unknown) => log.warn({ err: error }, "the use of a session was not noted"));
