import "server-only";

import { activatePendingJob } from "./activate-pending";
import { expirePointsJob } from "./expire-points";
import { inOrder, type Job } from "./job";
import { remindExpiringJob } from "./remind-expiring";
import { settleTasksJob } from "./settle-tasks";

/**
 * What the clock does to points, always in this order, as Voucherify's nightly run does: what was promised becomes spendable before anything
 * expires, people are reminded of what is left after that, and tasks are settled on books that are up to date.
 */
export const keepPointsJob: Job = {
  everyMinutes: 10,
  run: inOrder({ "activate-pending": activatePendingJob, "expire-points": expirePointsJob, "remind-expiring": remindExpiringJob, "settle-tasks": settleTasksJob }),
};
