import "server-only";

import { isSilence } from "@/db/transact";
import { Lane, sharedLane } from "@/lib/lane";
import { perform } from "@/lib/perform";
import type { Decision } from "@/lib/refusal";

import { checkInAll, type CheckInReply, type CheckInRequest } from "./commands";

const checkIns = () =>
  sharedLane("check-in", () => new Lane<CheckInRequest, Decision<CheckInReply>>((requests) => perform({ kind: "system", name: "check-in" }, (ctx) => checkInAll(ctx, requests)), { failsTogether: isSilence }));

/** Checks in through the process's lane; refuses what `checkInAll` refuses. */
export const checkIn = (request: CheckInRequest): Promise<Decision<CheckInReply>> => checkIns().submit(request);
