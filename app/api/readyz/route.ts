import { databaseAnswers, redisAnswers } from "@/lib/health";
import { mailWay } from "@/lib/mail";

export const dynamic = "force-dynamic";

/** Whether the shop can serve: 503 names what cannot. Redis may be away; then the shop is slower, not wrong. Without a mail server mail waits. */
export async function GET(): Promise<Response> {
  const [database, cache] = await Promise.all([databaseAnswers(), redisAnswers()]);
  const mail = mailWay();
  return Response.json(
    { status: database ? "ready" : "unready", checks: { database, redis: cache === "away" ? "absent" : cache === "up", mail: mail === "none" ? "absent" : mail } },
    { status: database ? 200 : 503 },
  );
}
