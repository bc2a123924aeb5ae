import "server-only";

import { sendPacket, statement } from "@/db/packet";
import type { Ctx, UserId } from "@/lib/ctx";
import { birthdaysOn, dayOf } from "@/lib/day";
import { perform } from "@/lib/perform";
import { earnPoints } from "@/lib/rules/commands";

import { clockActor, type Job } from "./job";

const PEOPLE_AT_ONCE = 500;

/** Grants the birthday rule, once a year for each person, on their day or when the clock next comes by on it. */
export const birthdaysJob: Job = {
  async run(now, deadline) {
    const total = { people: 0, points: 0 };
    for (let after = 0; Date.now() < deadline; ) {
      const people = await perform(clockActor("birthdays"), (ctx) => listBirthdays(ctx, after), now);
      for (const { id, year } of people) {
        const { points } = await perform(clockActor("birthdays"), (ctx) => earnPoints(ctx, { userId: id, action: "birthday", source: { type: "birthday", id: `${id}:${year}` } }), now);
        if (points > 0) total.people++;
        total.points += points;
      }
      if (people.length < PEOPLE_AT_ONCE) return { ...total, finished: 1 };
      after = people.at(-1)!.id;
    }
    return { ...total, finished: 0 };
  },
};

/** People whose birthday is today and who have not had this year's gift; who was born on a leap day has it on 28 February in other years. */
async function listBirthdays(ctx: Ctx, after: number): Promise<{ id: UserId; year: string }[]> {
  const today = dayOf(ctx.now, ctx.policy.timeZone);
  const year = today.slice(0, 4);
  const dates = birthdaysOn(today);
  const [rows = []] = await sendPacket(ctx.tx, [
    statement(
      `SELECT id FROM users WHERE id > ? AND birthday IS NOT NULL AND DATE_FORMAT(birthday, '%m-%d') IN (${dates.map(() => "?").join(",")})
         AND email_verified_at IS NOT NULL AND erased_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM points_transactions t WHERE t.source_type = 'birthday' AND t.source_id = CONVERT(CONCAT(users.id, ':', ?) USING ascii) AND t.kind = 'earn')
       ORDER BY id LIMIT ${PEOPLE_AT_ONCE}`,
      [after, ...dates, year],
    ),
  ]);
  return rows.map((row) => ({ id: row.id as UserId, year }));
}
