CREATE TABLE `custom_events` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`name` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`external_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`data` json NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `custom_events_id` PRIMARY KEY(`id`),
	CONSTRAINT `custom_events_external_key` UNIQUE(`name`,`external_id`)
);
--> statement-breakpoint
CREATE TABLE `expiry_reminders` (
	`user_id` bigint unsigned NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`days_before` smallint NOT NULL,
	`points` bigint NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `expiry_reminders_user_id_expires_at_days_before_pk` PRIMARY KEY(`user_id`,`expires_at`,`days_before`)
);
--> statement-breakpoint
CREATE TABLE `handled_events` (
	`event_id` bigint unsigned NOT NULL,
	`handled_at` datetime(3) NOT NULL,
	CONSTRAINT `handled_events_event_id` PRIMARY KEY(`event_id`)
);
--> statement-breakpoint
CREATE TABLE `known_devices` (
	`user_id` bigint unsigned NOT NULL,
	`device_key` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`first_seen_at` datetime(3) NOT NULL,
	CONSTRAINT `known_devices_user_id_device_key_pk` PRIMARY KEY(`user_id`,`device_key`)
);
--> statement-breakpoint
CREATE TABLE `levels` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`rank` int NOT NULL,
	`name` varchar(40) NOT NULL,
	`name_en` varchar(40) NOT NULL DEFAULT '',
	`threshold` bigint NOT NULL,
	`multiplier_percent` int NOT NULL DEFAULT 100,
	`benefits` varchar(400) NOT NULL DEFAULT '',
	`benefits_en` varchar(400) NOT NULL DEFAULT '',
	`is_active` boolean NOT NULL DEFAULT true,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `levels_id` PRIMARY KEY(`id`),
	CONSTRAINT `levels_rank_key` UNIQUE(`rank`),
	CONSTRAINT `levels_amounts_check` CHECK(`levels`.`threshold` >= 0 and `levels`.`rank` >= 0 and `levels`.`multiplier_percent` between 100 and 1000)
);
--> statement-breakpoint
CREATE TABLE `mail_messages` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned,
	`recipient` varchar(254) NOT NULL,
	`template` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`locale` varchar(10) NOT NULL,
	`props` json NOT NULL,
	`subject` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'queued',
	`attempts` int NOT NULL DEFAULT 0,
	`next_attempt_at` datetime(3) NOT NULL,
	`last_error` text,
	`sent_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `mail_messages_id` PRIMARY KEY(`id`),
	CONSTRAINT `mail_messages_subject_key` UNIQUE(`subject`)
);
--> statement-breakpoint
CREATE TABLE `member_levels` (
	`user_id` bigint unsigned NOT NULL,
	`level_id` bigint unsigned NOT NULL,
	`since` datetime(3) NOT NULL,
	`grace_until` datetime(3),
	`review_at` datetime(3) NOT NULL,
	CONSTRAINT `member_levels_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
CREATE TABLE `notification_preferences` (
	`user_id` bigint unsigned NOT NULL,
	`kind` varchar(30) NOT NULL,
	`in_app` boolean NOT NULL DEFAULT true,
	`by_mail` boolean NOT NULL DEFAULT true,
	CONSTRAINT `notification_preferences_user_id_kind_pk` PRIMARY KEY(`user_id`,`kind`)
);
--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`kind` varchar(30) NOT NULL,
	`subject` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`data` json NOT NULL,
	`link` varchar(200),
	`read_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `notifications_id` PRIMARY KEY(`id`),
	CONSTRAINT `notifications_subject_key` UNIQUE(`user_id`,`kind`,`subject`)
);
--> statement-breakpoint
CREATE TABLE `referrals` (
	`friend_id` bigint unsigned NOT NULL,
	`inviter_id` bigint unsigned NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'open',
	`flags` json NOT NULL,
	`order_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`settled_at` datetime(3),
	CONSTRAINT `referrals_friend_id` PRIMARY KEY(`friend_id`),
	CONSTRAINT `referrals_self_check` CHECK(`referrals`.`friend_id` <> `referrals`.`inviter_id`),
	CONSTRAINT `referrals_status_check` CHECK(`referrals`.`status` in ('open','rewarded','review','refused'))
);
--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`product_id` bigint unsigned NOT NULL,
	`order_id` bigint unsigned NOT NULL,
	`rating` smallint NOT NULL,
	`body` varchar(1000) NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'pending',
	`moderated_by` bigint unsigned,
	`moderation_note` varchar(200),
	`moderated_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `reviews_id` PRIMARY KEY(`id`),
	CONSTRAINT `reviews_author_key` UNIQUE(`user_id`,`product_id`),
	CONSTRAINT `reviews_rating_check` CHECK(`reviews`.`rating` between 1 and 5),
	CONSTRAINT `reviews_status_check` CHECK(`reviews`.`status` in ('pending','approved','rejected'))
);
--> statement-breakpoint
CREATE TABLE `share_visits` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`sharer_id` bigint unsigned NOT NULL,
	`visitor_key` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`visitor_id` bigint unsigned,
	`subject` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`local_day` date NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `share_visits_id` PRIMARY KEY(`id`),
	CONSTRAINT `share_visits_visitor_key` UNIQUE(`sharer_id`,`visitor_key`)
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(60) NOT NULL,
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`description` varchar(200) NOT NULL DEFAULT '',
	`description_en` varchar(200) NOT NULL DEFAULT '',
	`metric` varchar(20) NOT NULL,
	`event_name` varchar(40) CHARACTER SET ascii COLLATE ascii_bin,
	`target` int NOT NULL,
	`window_days` int,
	`period` varchar(10) NOT NULL,
	`after_task_id` bigint unsigned,
	`reward_points` bigint NOT NULL DEFAULT 0,
	`reward_perk` varchar(20),
	`reward_perk_quantity` int NOT NULL DEFAULT 0,
	`rolls_back` boolean NOT NULL DEFAULT true,
	`starts_at` datetime(3),
	`ends_at` datetime(3),
	`status` varchar(10) NOT NULL DEFAULT 'draft',
	`position` int NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `tasks_id` PRIMARY KEY(`id`),
	CONSTRAINT `tasks_amounts_check` CHECK(`tasks`.`target` >= 1 and `tasks`.`reward_points` >= 0 and `tasks`.`reward_perk_quantity` >= 0 and (`tasks`.`window_days` is null or `tasks`.`window_days` >= 1)),
	CONSTRAINT `tasks_status_check` CHECK(`tasks`.`status` in ('draft','active','archived')),
	CONSTRAINT `tasks_window_check` CHECK(`tasks`.`starts_at` is null or `tasks`.`ends_at` is null or `tasks`.`starts_at` < `tasks`.`ends_at`)
);
--> statement-breakpoint
CREATE TABLE `visits` (
	`user_id` bigint unsigned NOT NULL,
	`local_day` date NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `visits_user_id_local_day_pk` PRIMARY KEY(`user_id`,`local_day`)
);
--> statement-breakpoint
CREATE TABLE `account_tokens` (
	`token_digest` binary(32) NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`purpose` varchar(20) NOT NULL,
	`email` varchar(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`expires_at` datetime(3) NOT NULL,
	`used_at` datetime(3),
	CONSTRAINT `account_tokens_token_digest` PRIMARY KEY(`token_digest`)
);
--> statement-breakpoint
CREATE TABLE `account_holds` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`invariant_name` varchar(120) NOT NULL,
	`evidence` json NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`cleared_at` datetime(3),
	`cleared_by` bigint unsigned,
	`cleared_note` varchar(200),
	CONSTRAINT `account_holds_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `earn_totals` (
	`user_id` bigint unsigned NOT NULL,
	`rule_id` bigint unsigned NOT NULL,
	`times` int NOT NULL,
	`points` bigint NOT NULL,
	`last_at` datetime(3) NOT NULL,
	CONSTRAINT `earn_totals_user_id_rule_id_pk` PRIMARY KEY(`user_id`,`rule_id`)
);
--> statement-breakpoint
CREATE TABLE `pending_points` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`points` bigint NOT NULL,
	`rule_id` bigint unsigned,
	`source_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`source_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`breakdown` json NOT NULL,
	`expiry` json,
	`activates_at` datetime(3),
	`released_by` varchar(120) CHARACTER SET ascii COLLATE ascii_bin,
	`status` varchar(10) NOT NULL DEFAULT 'pending',
	`settled_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `pending_points_id` PRIMARY KEY(`id`),
	CONSTRAINT `pending_points_source_key` UNIQUE(`source_type`,`source_id`),
	CONSTRAINT `pending_points_points_check` CHECK(`pending_points`.`points` > 0),
	CONSTRAINT `pending_points_status_check` CHECK(`pending_points`.`status` in ('pending','active','cancelled')),
	CONSTRAINT `pending_points_way_check` CHECK(`pending_points`.`activates_at` is not null or `pending_points`.`released_by` is not null)
);
--> statement-breakpoint
CREATE TABLE `perk_moves` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`perk` varchar(20) NOT NULL,
	`quantity` int NOT NULL,
	`source_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`source_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `perk_moves_id` PRIMARY KEY(`id`),
	CONSTRAINT `perk_moves_source_key` UNIQUE(`source_type`,`source_id`,`perk`),
	CONSTRAINT `perk_moves_quantity_check` CHECK(`perk_moves`.`quantity` <> 0)
);
--> statement-breakpoint
CREATE TABLE `points_rule_versions` (
	`rule_id` bigint unsigned NOT NULL,
	`version` int NOT NULL,
	`snapshot` json NOT NULL,
	`actor_id` bigint unsigned,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `points_rule_versions_rule_id_version_pk` PRIMARY KEY(`rule_id`,`version`)
);
--> statement-breakpoint
CREATE TABLE `rule_budgets` (
	`rule_id` bigint unsigned NOT NULL,
	`points_granted` bigint NOT NULL DEFAULT 0,
	CONSTRAINT `rule_budgets_rule_id` PRIMARY KEY(`rule_id`)
);
--> statement-breakpoint
ALTER TABLE `point_lots` DROP INDEX `point_lots_expiry_key`;
--> statement-breakpoint
ALTER TABLE `points_rules` DROP CONSTRAINT `points_rules_amounts_check`;
--> statement-breakpoint
DROP INDEX `points_rules_action_idx` ON `points_rules`;
--> statement-breakpoint
ALTER TABLE `users` ADD `theme` varchar(5);
--> statement-breakpoint
ALTER TABLE `users` ADD `email_verified_at` datetime(3);
--> statement-breakpoint
ALTER TABLE `users` ADD `birthday` date;
--> statement-breakpoint
ALTER TABLE `users` ADD `time_zone` varchar(64) CHARACTER SET ascii COLLATE ascii_bin;
--> statement-breakpoint
ALTER TABLE `users` ADD `next_time_zone` varchar(64) CHARACTER SET ascii COLLATE ascii_bin;
--> statement-breakpoint
ALTER TABLE `users` ADD `time_zone_from` datetime(3);
--> statement-breakpoint
ALTER TABLE `users` ADD `time_zone_changed_at` datetime(3);
--> statement-breakpoint
ALTER TABLE `users` ADD `erased_at` datetime(3);
--> statement-breakpoint
ALTER TABLE `check_ins` ADD `kind` varchar(10) DEFAULT 'check_in' NOT NULL;
--> statement-breakpoint
ALTER TABLE `point_accounts` ADD `is_held` boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `point_lots` ADD `is_sliding` boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `point_lots` ADD `fixed_until` datetime(3) GENERATED ALWAYS AS (if(is_sliding, null, expires_at)) STORED;
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `name` varchar(60) DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `name_en` varchar(60) DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `status` varchar(10) DEFAULT 'draft' NOT NULL;
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `starts_at` datetime(3);
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `ends_at` datetime(3);
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `definition` json NOT NULL;
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `version` int DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE `points_rules` ADD `updated_at` datetime(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL;
--> statement-breakpoint
-- Nothing wrote user_tasks before: its key is made anew in one statement, because the old one serves its foreign key.
ALTER TABLE `user_tasks` ADD `task_id` bigint unsigned NOT NULL, ADD `points` bigint DEFAULT 0 NOT NULL, ADD `rolled_back_at` datetime(3), DROP INDEX `user_tasks_period_key`, DROP COLUMN `task_type`, ADD CONSTRAINT `user_tasks_period_key` UNIQUE(`user_id`,`task_id`,`period`);
--> statement-breakpoint
ALTER TABLE `point_lots` ADD CONSTRAINT `point_lots_expiry_key` UNIQUE(`user_id`,`fixed_until`);
--> statement-breakpoint
ALTER TABLE `custom_events` ADD CONSTRAINT `custom_events_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `expiry_reminders` ADD CONSTRAINT `expiry_reminders_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `known_devices` ADD CONSTRAINT `known_devices_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `mail_messages` ADD CONSTRAINT `mail_messages_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `member_levels` ADD CONSTRAINT `member_levels_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `member_levels` ADD CONSTRAINT `member_levels_level_id_levels_id_fk` FOREIGN KEY (`level_id`) REFERENCES `levels`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `notification_preferences` ADD CONSTRAINT `notification_preferences_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `notifications` ADD CONSTRAINT `notifications_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `referrals` ADD CONSTRAINT `referrals_friend_id_users_id_fk` FOREIGN KEY (`friend_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `referrals` ADD CONSTRAINT `referrals_inviter_id_users_id_fk` FOREIGN KEY (`inviter_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `reviews` ADD CONSTRAINT `reviews_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `reviews` ADD CONSTRAINT `reviews_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `reviews` ADD CONSTRAINT `reviews_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `share_visits` ADD CONSTRAINT `share_visits_sharer_id_users_id_fk` FOREIGN KEY (`sharer_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `visits` ADD CONSTRAINT `visits_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `account_tokens` ADD CONSTRAINT `account_tokens_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `account_holds` ADD CONSTRAINT `account_holds_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `earn_totals` ADD CONSTRAINT `earn_totals_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `earn_totals` ADD CONSTRAINT `earn_totals_rule_id_points_rules_id_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `pending_points` ADD CONSTRAINT `pending_points_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `pending_points` ADD CONSTRAINT `pending_points_rule_id_points_rules_id_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `perk_moves` ADD CONSTRAINT `perk_moves_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `points_rule_versions` ADD CONSTRAINT `points_rule_versions_rule_id_points_rules_id_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `rule_budgets` ADD CONSTRAINT `rule_budgets_rule_id_points_rules_id_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX `custom_events_user_idx` ON `custom_events` (`user_id`,`name`,`created_at`);
--> statement-breakpoint
CREATE INDEX `known_devices_device_idx` ON `known_devices` (`device_key`);
--> statement-breakpoint
CREATE INDEX `mail_messages_due_idx` ON `mail_messages` (`status`,`next_attempt_at`);
--> statement-breakpoint
CREATE INDEX `mail_messages_user_idx` ON `mail_messages` (`user_id`,`id`);
--> statement-breakpoint
CREATE INDEX `member_levels_review_idx` ON `member_levels` (`review_at`);
--> statement-breakpoint
CREATE INDEX `notifications_user_idx` ON `notifications` (`user_id`,`id`);
--> statement-breakpoint
CREATE INDEX `notifications_unread_idx` ON `notifications` (`user_id`,`read_at`);
--> statement-breakpoint
CREATE INDEX `referrals_inviter_idx` ON `referrals` (`inviter_id`,`created_at`);
--> statement-breakpoint
CREATE INDEX `referrals_status_idx` ON `referrals` (`status`);
--> statement-breakpoint
CREATE INDEX `reviews_product_idx` ON `reviews` (`product_id`,`status`,`id`);
--> statement-breakpoint
CREATE INDEX `reviews_status_idx` ON `reviews` (`status`,`id`);
--> statement-breakpoint
CREATE INDEX `share_visits_day_idx` ON `share_visits` (`sharer_id`,`local_day`);
--> statement-breakpoint
CREATE INDEX `tasks_status_idx` ON `tasks` (`status`,`position`);
--> statement-breakpoint
CREATE INDEX `visits_day_idx` ON `visits` (`local_day`);
--> statement-breakpoint
CREATE INDEX `account_tokens_user_idx` ON `account_tokens` (`user_id`,`purpose`);
--> statement-breakpoint
CREATE INDEX `account_tokens_expiry_idx` ON `account_tokens` (`expires_at`);
--> statement-breakpoint
CREATE INDEX `account_holds_user_idx` ON `account_holds` (`user_id`,`cleared_at`);
--> statement-breakpoint
CREATE INDEX `account_holds_open_idx` ON `account_holds` (`cleared_at`);
--> statement-breakpoint
CREATE INDEX `pending_points_user_idx` ON `pending_points` (`user_id`,`status`);
--> statement-breakpoint
CREATE INDEX `pending_points_due_idx` ON `pending_points` (`status`,`activates_at`);
--> statement-breakpoint
CREATE INDEX `pending_points_release_idx` ON `pending_points` (`released_by`,`status`);
--> statement-breakpoint
CREATE INDEX `perk_moves_user_idx` ON `perk_moves` (`user_id`,`perk`,`quantity`);
--> statement-breakpoint
ALTER TABLE `check_ins` ADD CONSTRAINT `check_ins_kind_check` CHECK (`check_ins`.`kind` in ('check_in','make_up','freeze','skipped'));
--> statement-breakpoint
ALTER TABLE `points_rules` ADD CONSTRAINT `points_rules_status_check` CHECK (`points_rules`.`status` in ('draft','active','archived'));
--> statement-breakpoint
ALTER TABLE `points_rules` ADD CONSTRAINT `points_rules_window_check` CHECK (`points_rules`.`starts_at` is null or `points_rules`.`ends_at` is null or `points_rules`.`starts_at` < `points_rules`.`ends_at`);
--> statement-breakpoint
CREATE INDEX `points_transactions_day_idx` ON `points_transactions` (`local_day`);
--> statement-breakpoint
CREATE INDEX `points_rules_action_idx` ON `points_rules` (`action_type`,`status`);
--> statement-breakpoint
-- Rules of before become rules of now: one at a time counted, so each stands alone; what gave nothing becomes a draft.
UPDATE `points_rules` SET name = LEFT(IF(description = '', action_type, description), 60),
  status = IF(is_active AND daily_limit > 0 AND (points_value > 0 OR points_per_yuan > 0 OR streak_ladder IS NOT NULL), 'active', 'draft'),
  definition = JSON_OBJECT('conditions', JSON_ARRAY(), 'effect', CASE WHEN streak_ladder IS NOT NULL THEN JSON_OBJECT('kind', 'ladder', 'steps', streak_ladder, 'after', 'restart') WHEN points_per_yuan > 0 THEN JSON_OBJECT('kind', 'per_yuan', 'points', points_per_yuan) ELSE JSON_OBJECT('kind', 'fixed', 'points', GREATEST(points_value, 1)) END, 'stacks', CAST('false' AS JSON),
    'caps', JSON_OBJECT('timesPerDay', NULLIF(daily_limit, 0), 'pointsPerDay', NULL, 'timesInAll', NULL, 'pointsInAll', NULL, 'budget', NULL, 'cooldownHours', NULL, 'overflow', 'truncate'),
    'holding', JSON_OBJECT('kind', 'none'), 'expiry', NULL);
--> statement-breakpoint
-- The only rule for its event stands beside whatever is added.
UPDATE `points_rules` r JOIN (SELECT action_type, COUNT(*) AS rules FROM `points_rules` WHERE status = 'active' GROUP BY action_type) c ON c.action_type = r.action_type
  SET r.definition = JSON_SET(r.definition, '$.stacks', CAST('true' AS JSON)) WHERE c.rules = 1;
--> statement-breakpoint
-- A rule that gave points for coming and for each yuan becomes two that stack.
INSERT INTO `points_rules` (action_type, name, status, priority, definition, daily_limit, created_at)
  SELECT action_type, name, status, priority, JSON_SET(definition, '$.effect', JSON_OBJECT('kind', 'fixed', 'points', points_value), '$.stacks', CAST('true' AS JSON)), daily_limit, created_at
  FROM `points_rules` WHERE points_per_yuan > 0 AND points_value > 0 AND streak_ladder IS NULL;
--> statement-breakpoint
UPDATE `points_rules` SET definition = JSON_SET(definition, '$.stacks', CAST('true' AS JSON)) WHERE points_per_yuan > 0 AND points_value > 0 AND streak_ladder IS NULL;
--> statement-breakpoint
INSERT INTO `points_rule_versions` (rule_id, version, snapshot, created_at)
  SELECT id, 1, JSON_OBJECT('actionType', action_type, 'name', name, 'nameEn', name_en, 'status', status, 'priority', priority, 'startsAt', NULL, 'endsAt', NULL, 'definition', definition), created_at FROM `points_rules`;
--> statement-breakpoint
-- Every entry by a rule says so in its breakdown, and every earning by a rule is counted, check-ins too.
UPDATE `points_transactions` SET breakdown = JSON_OBJECT(CONCAT('rule:', rule_id), points_change) WHERE kind = 'earn' AND rule_id IS NOT NULL;
--> statement-breakpoint
INSERT INTO `earn_counters` (user_id, rule_id, local_day, times, points)
  SELECT user_id, rule_id, local_day, COUNT(*), SUM(points_change) FROM `points_transactions`
  WHERE kind = 'earn' AND source_type = 'check_in' AND rule_id IS NOT NULL GROUP BY user_id, rule_id, local_day;
--> statement-breakpoint
-- Whoever is here by now came before addresses were proved.
UPDATE `users` SET email_verified_at = created_at;
--> statement-breakpoint
UPDATE `settings` SET name = 'expiry', value = JSON_OBJECT('kind', 'rolling', 'every', value, 'unit', 'day', 'roundTo', NULL) WHERE name = 'pointValidityDays';
--> statement-breakpoint
ALTER TABLE `points_rules` DROP COLUMN `points_value`;
--> statement-breakpoint
ALTER TABLE `points_rules` DROP COLUMN `points_per_yuan`;
--> statement-breakpoint
ALTER TABLE `points_rules` DROP COLUMN `streak_ladder`;
--> statement-breakpoint
ALTER TABLE `points_rules` DROP COLUMN `description`;
--> statement-breakpoint
ALTER TABLE `points_rules` DROP COLUMN `daily_limit`;
--> statement-breakpoint
ALTER TABLE `points_rules` DROP COLUMN `is_active`;
--> statement-breakpoint
ALTER TABLE `user_tasks` ADD CONSTRAINT `user_tasks_task_id_tasks_id_fk` FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX `user_tasks_task_idx` ON `user_tasks` (`task_id`,`period`);
