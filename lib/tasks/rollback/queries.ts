import "server-only";

import { statement, type Statement } from "@/db/packet";
import type { UserId } from "@/lib/ctx";

import { UNDOABLE } from "../task";

/** Claims that were not taken back and whose ground can be undone. */
export const readStandingClaims = (userId: UserId): Statement =>
  statement(
    `SELECT c.id AS claim_id, c.task_id, c.period, c.progress, c.points, c.completed_at, t.name,
       t.metric, t.event_name, t.window_days, t.period AS task_period, t.starts_at, t.ends_at
     FROM user_tasks c JOIN tasks t ON t.id = c.task_id
     WHERE c.user_id = ? AND c.rolled_back_at IS NULL AND c.completed AND t.rolls_back AND t.metric IN (${UNDOABLE.map(() => "?").join(",")})
     ORDER BY c.id`,
    [userId, ...UNDOABLE],
  );

/**
 * The last of the next `rows` events, and the first of them that was written so lately that an older one may still be on its way to its commit.
 * Events from a time that has not come were written before the clock was set back: they hold up nothing.
 */
export const readSettled = (after: number, lately: { from: Date; to: Date }, rows: number): Statement =>
  statement(
    `SELECT MAX(id) AS last, MIN(IF(created_at BETWEEN ? AND ?, id, NULL)) AS early
     FROM (SELECT id, created_at FROM events FORCE INDEX (PRIMARY) WHERE id > ? ORDER BY id LIMIT ?) e`,
    [lately.from, lately.to, after, rows],
  );

/** People to whom something happened that may undo what they claimed: an order cancelled or taken back, a review or a referral of theirs refused. */
export const readPeopleUndone = (after: number, upTo: number): Statement =>
  statement(
    `SELECT o.user_id FROM events e FORCE INDEX (PRIMARY) JOIN orders o ON o.public_id = e.subject_id WHERE e.id > ? AND e.id <= ? AND e.name IN ('order.cancelled', 'order.refunded')
     UNION SELECT r.user_id FROM events e FORCE INDEX (PRIMARY) JOIN reviews r ON r.id = CAST(e.subject_id AS UNSIGNED)
       WHERE e.id > ? AND e.id <= ? AND e.name = 'review.moderated' AND r.status <> 'approved'
     UNION SELECT JSON_VALUE(e.data, '$.inviterId' RETURNING UNSIGNED) FROM events e FORCE INDEX (PRIMARY) WHERE e.id > ? AND e.id <= ? AND e.name = 'referral.settled'
     ORDER BY user_id`,
    [after, upTo, after, upTo, after, upTo],
  );
