CREATE TABLE `adjustment_batches` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` char(22) NOT NULL,
	`file_digest` binary(32) NOT NULL,
	`file_name` varchar(120) NOT NULL,
	`people` int NOT NULL,
	`points_in` bigint NOT NULL,
	`points_out` bigint NOT NULL,
	`reason` varchar(20) NOT NULL,
	`note` varchar(200) NOT NULL,
	`status` varchar(10) NOT NULL,
	`requested_by` bigint unsigned NOT NULL,
	`decided_by` bigint unsigned,
	`decision_note` varchar(200),
	`decided_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `adjustment_batches_id` PRIMARY KEY(`id`),
	CONSTRAINT `adjustment_batches_public_key` UNIQUE(`public_id`),
	CONSTRAINT `adjustment_batches_file_key` UNIQUE(`file_digest`),
	CONSTRAINT `adjustment_batches_status_check` CHECK(`adjustment_batches`.`status` in ('pending','applied','rejected','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE `adjustments` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` char(22) NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`points` bigint NOT NULL,
	`reason` varchar(20) NOT NULL,
	`note` varchar(200) NOT NULL,
	`expires_at` datetime(3),
	`attachment_key` varchar(80) CHARACTER SET ascii COLLATE ascii_bin,
	`attachment_type` varchar(40) CHARACTER SET ascii COLLATE ascii_bin,
	`status` varchar(10) NOT NULL,
	`batch_id` bigint unsigned,
	`requested_by` bigint unsigned NOT NULL,
	`decided_by` bigint unsigned,
	`decision_note` varchar(200),
	`decided_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `adjustments_id` PRIMARY KEY(`id`),
	CONSTRAINT `adjustments_public_key` UNIQUE(`public_id`),
	CONSTRAINT `adjustments_points_check` CHECK(`adjustments`.`points` <> 0),
	CONSTRAINT `adjustments_status_check` CHECK(`adjustments`.`status` in ('pending','applied','rejected','withdrawn') and (`adjustments`.`status` <> 'pending' or `adjustments`.`decided_at` is null))
);
--> statement-breakpoint
CREATE TABLE `appeals` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`body` varchar(1000) NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'open',
	`answer` varchar(500),
	`decided_by` bigint unsigned,
	`decided_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`open_for` bigint unsigned GENERATED ALWAYS AS (if(status = 'open', user_id, null)) STORED,
	CONSTRAINT `appeals_id` PRIMARY KEY(`id`),
	CONSTRAINT `appeals_open_key` UNIQUE(`open_for`),
	CONSTRAINT `appeals_status_check` CHECK(`appeals`.`status` in ('open','accepted','declined'))
);
--> statement-breakpoint
CREATE TABLE `audit_seals` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`chain` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`from_id` bigint NOT NULL,
	`to_id` bigint NOT NULL,
	`rows_sealed` int NOT NULL,
	`content_digest` binary(32) NOT NULL,
	`previous_digest` binary(32) NOT NULL,
	`seal_digest` binary(32) NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `audit_seals_id` PRIMARY KEY(`id`),
	CONSTRAINT `audit_seals_from_key` UNIQUE(`chain`,`from_id`)
);
--> statement-breakpoint
CREATE TABLE `bulk_failures` (
	`run_id` bigint unsigned NOT NULL,
	`item` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`code` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`detail` json NOT NULL,
	CONSTRAINT `bulk_failures_run_id_item_pk` PRIMARY KEY(`run_id`,`item`)
);
--> statement-breakpoint
CREATE TABLE `bulk_runs` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` char(22) NOT NULL,
	`operation` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`params` json NOT NULL,
	`selection` json NOT NULL,
	`requested_by` bigint unsigned NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'queued',
	`total` int NOT NULL,
	`done` int NOT NULL DEFAULT 0,
	`failed` int NOT NULL DEFAULT 0,
	`cursor_id` bigint NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`finished_at` datetime(3),
	CONSTRAINT `bulk_runs_id` PRIMARY KEY(`id`),
	CONSTRAINT `bulk_runs_public_key` UNIQUE(`public_id`),
	CONSTRAINT `bulk_runs_amounts_check` CHECK(`bulk_runs`.`done` >= 0 and `bulk_runs`.`failed` >= 0 and `bulk_runs`.`done` + `bulk_runs`.`failed` <= `bulk_runs`.`total`)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`kind` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`file_digest` binary(32) NOT NULL,
	`file_name` varchar(120) NOT NULL,
	`rows_read` int NOT NULL,
	`report` json NOT NULL,
	`actor_id` bigint unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `imports_id` PRIMARY KEY(`id`),
	CONSTRAINT `imports_file_key` UNIQUE(`kind`,`file_digest`)
);
--> statement-breakpoint
CREATE TABLE `product_views` (
	`local_day` date NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`product_id` bigint unsigned NOT NULL,
	CONSTRAINT `product_views_local_day_user_id_product_id_pk` PRIMARY KEY(`local_day`,`user_id`,`product_id`)
);
--> statement-breakpoint
CREATE TABLE `report_facts` (
	`metric` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`local_day` date NOT NULL,
	`item` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	`value` bigint NOT NULL,
	CONSTRAINT `report_facts_metric_local_day_item_pk` PRIMARY KEY(`metric`,`local_day`,`item`)
);
--> statement-breakpoint
CREATE TABLE `report_marks` (
	`name` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`through_day` date,
	`built_at` datetime(3) NOT NULL,
	CONSTRAINT `report_marks_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `report_people` (
	`user_id` bigint unsigned NOT NULL,
	`last_order_on` date NOT NULL,
	`orders` int NOT NULL,
	`value_cents` bigint NOT NULL,
	`recency` smallint NOT NULL,
	`frequency` smallint NOT NULL,
	`value_score` smallint NOT NULL,
	`rfm_group` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	CONSTRAINT `report_people_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
CREATE TABLE `report_snapshots` (
	`report` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`as_of` date NOT NULL,
	`item` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`value` bigint NOT NULL,
	CONSTRAINT `report_snapshots_report_as_of_item_pk` PRIMARY KEY(`report`,`as_of`,`item`)
);
--> statement-breakpoint
CREATE TABLE `risk_alerts` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`rule` varchar(20) NOT NULL,
	`subject` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`mode` varchar(10) NOT NULL,
	`evidence` json NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'open',
	`decided_by` bigint unsigned,
	`decision_note` varchar(200),
	`decided_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `risk_alerts_id` PRIMARY KEY(`id`),
	CONSTRAINT `risk_alerts_subject_key` UNIQUE(`user_id`,`rule`,`subject`),
	CONSTRAINT `risk_alerts_status_check` CHECK(`risk_alerts`.`status` in ('open','confirmed','dismissed'))
);
--> statement-breakpoint
CREATE TABLE `risk_signals` (
	`user_id` bigint unsigned NOT NULL,
	`kind` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`hour_starts_at` datetime(3) NOT NULL,
	`times` int NOT NULL,
	CONSTRAINT `risk_signals_user_id_kind_hour_starts_at_pk` PRIMARY KEY(`user_id`,`kind`,`hour_starts_at`)
);
--> statement-breakpoint
CREATE TABLE `saved_views` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`list` varchar(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`name` varchar(40) NOT NULL,
	`query` varchar(1000) NOT NULL,
	`columns` json,
	`is_shared` boolean NOT NULL DEFAULT false,
	`owner_id` bigint unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `saved_views_id` PRIMARY KEY(`id`),
	CONSTRAINT `saved_views_name_key` UNIQUE(`owner_id`,`list`,`name`)
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`user_id` bigint unsigned NOT NULL,
	`secret` varbinary(200) NOT NULL,
	`confirmed_at` datetime(3),
	`last_step` bigint NOT NULL DEFAULT 0,
	`recovery_digests` json NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `second_factors_user_id` PRIMARY KEY(`user_id`)
);
--> statement-breakpoint
CREATE TABLE `staff_invitations` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`email` varchar(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`role_id` bigint unsigned NOT NULL,
	`token_digest` binary(32) NOT NULL,
	`invited_by` bigint unsigned NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`accepted_at` datetime(3),
	`accepted_by` bigint unsigned,
	`revoked_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `staff_invitations_id` PRIMARY KEY(`id`),
	CONSTRAINT `staff_invitations_token_key` UNIQUE(`token_digest`)
);
--> statement-breakpoint
CREATE TABLE `staff_roles` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`built_in` varchar(20) CHARACTER SET ascii COLLATE ascii_bin,
	`name` varchar(40) NOT NULL,
	`permissions` json NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `staff_roles_id` PRIMARY KEY(`id`),
	CONSTRAINT `staff_roles_built_in_key` UNIQUE(`built_in`),
	CONSTRAINT `staff_roles_name_key` UNIQUE(`name`)
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `device` varchar(80) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `second_factor_at` datetime(3);--> statement-breakpoint
ALTER TABLE `users` ADD `staff_role_id` bigint unsigned;--> statement-breakpoint
ALTER TABLE `point_accounts` ADD `frozen_until` datetime(3);--> statement-breakpoint
ALTER TABLE `point_accounts` ADD `earned_on` date;--> statement-breakpoint
ALTER TABLE `point_accounts` ADD `points_earned_on_day` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `adjustment_batches` ADD CONSTRAINT `adjustment_batches_requested_by_users_id_fk` FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `adjustment_batches` ADD CONSTRAINT `adjustment_batches_decided_by_users_id_fk` FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `adjustments` ADD CONSTRAINT `adjustments_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `adjustments` ADD CONSTRAINT `adjustments_batch_id_adjustment_batches_id_fk` FOREIGN KEY (`batch_id`) REFERENCES `adjustment_batches`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `adjustments` ADD CONSTRAINT `adjustments_requested_by_users_id_fk` FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `adjustments` ADD CONSTRAINT `adjustments_decided_by_users_id_fk` FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `appeals` ADD CONSTRAINT `appeals_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `appeals` ADD CONSTRAINT `appeals_decided_by_users_id_fk` FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `bulk_failures` ADD CONSTRAINT `bulk_failures_run_id_bulk_runs_id_fk` FOREIGN KEY (`run_id`) REFERENCES `bulk_runs`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `bulk_runs` ADD CONSTRAINT `bulk_runs_requested_by_users_id_fk` FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `imports` ADD CONSTRAINT `imports_actor_id_users_id_fk` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_views` ADD CONSTRAINT `product_views_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `report_people` ADD CONSTRAINT `report_people_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `risk_alerts` ADD CONSTRAINT `risk_alerts_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `risk_alerts` ADD CONSTRAINT `risk_alerts_decided_by_users_id_fk` FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `risk_signals` ADD CONSTRAINT `risk_signals_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `saved_views` ADD CONSTRAINT `saved_views_owner_id_users_id_fk` FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `second_factors` ADD CONSTRAINT `second_factors_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `staff_invitations` ADD CONSTRAINT `staff_invitations_invited_by_users_id_fk` FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `staff_invitations` ADD CONSTRAINT `staff_invitations_accepted_by_users_id_fk` FOREIGN KEY (`accepted_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `adjustment_batches_status_idx` ON `adjustment_batches` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `adjustments_status_idx` ON `adjustments` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `adjustments_user_idx` ON `adjustments` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `adjustments_requester_idx` ON `adjustments` (`requested_by`,`id`);--> statement-breakpoint
CREATE INDEX `adjustments_batch_idx` ON `adjustments` (`batch_id`,`id`);--> statement-breakpoint
CREATE INDEX `appeals_user_idx` ON `appeals` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `appeals_status_idx` ON `appeals` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `bulk_runs_status_idx` ON `bulk_runs` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `report_people_group_idx` ON `report_people` (`rfm_group`,`user_id`);--> statement-breakpoint
CREATE INDEX `risk_alerts_status_idx` ON `risk_alerts` (`status`,`id`);--> statement-breakpoint
CREATE INDEX `risk_signals_age_idx` ON `risk_signals` (`hour_starts_at`);--> statement-breakpoint
CREATE INDEX `saved_views_list_idx` ON `saved_views` (`list`,`is_shared`);--> statement-breakpoint
CREATE INDEX `staff_invitations_email_idx` ON `staff_invitations` (`email`);--> statement-breakpoint
INSERT INTO `staff_roles` (`built_in`, `name`, `permissions`) VALUES ('manager', 'manager', JSON_ARRAY()), ('support', 'support', JSON_ARRAY()), ('fulfilment', 'fulfilment', JSON_ARRAY()), ('analyst', 'analyst', JSON_ARRAY());--> statement-breakpoint
-- Until now every member of staff could do what a manager can.
UPDATE `users` SET `staff_role_id` = (SELECT `id` FROM `staff_roles` WHERE `built_in` = 'manager') WHERE `role` = 'staff';--> statement-breakpoint
ALTER TABLE `users` ADD CONSTRAINT `users_staff_role_check` CHECK ((`users`.`role` = 'staff') = (`users`.`staff_role_id` is not null));--> statement-breakpoint
ALTER TABLE `users` ADD CONSTRAINT `users_staff_role_id_staff_roles_id_fk` FOREIGN KEY (`staff_role_id`) REFERENCES `staff_roles`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `users_role_idx` ON `users` (`role`);--> statement-breakpoint
CREATE INDEX `point_accounts_thaw_idx` ON `point_accounts` (`frozen_until`);--> statement-breakpoint
CREATE INDEX `payment_notices_outcome_idx` ON `payment_notices` (`outcome`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_actor_idx` ON `events` (`actor_id`,`id`);