CREATE TABLE `cash_refunds` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`payment_id` bigint unsigned NOT NULL,
	`refund_id` bigint unsigned,
	`amount_cents` bigint NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'due',
	`attempts` int NOT NULL DEFAULT 0,
	`next_attempt_at` datetime(3),
	`last_error` varchar(300),
	`settled_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `cash_refunds_id` PRIMARY KEY(`id`),
	CONSTRAINT `cash_refunds_public_key` UNIQUE(`public_id`),
	CONSTRAINT `cash_refunds_refund_key` UNIQUE(`refund_id`),
	CONSTRAINT `cash_refunds_amount_check` CHECK(`cash_refunds`.`amount_cents` > 0),
	CONSTRAINT `cash_refunds_status_check` CHECK(`cash_refunds`.`status` in ('due','sent','failed'))
);
--> statement-breakpoint
CREATE TABLE `refunds` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`order_id` bigint unsigned NOT NULL,
	`line` smallint NOT NULL,
	`quantity` int NOT NULL,
	`points` bigint NOT NULL,
	`cash_cents` bigint NOT NULL,
	`points_clawed_back` bigint NOT NULL DEFAULT 0,
	`is_restocked` boolean NOT NULL,
	`reason` varchar(200) NOT NULL,
	`actor_id` bigint unsigned,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `refunds_id` PRIMARY KEY(`id`),
	CONSTRAINT `refunds_public_key` UNIQUE(`public_id`),
	CONSTRAINT `refunds_amounts_check` CHECK(`refunds`.`quantity` >= 1 and `refunds`.`points` >= 0 and `refunds`.`cash_cents` >= 0 and `refunds`.`points_clawed_back` >= 0)
);
--> statement-breakpoint
CREATE TABLE `claw_backs` (
	`cause_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`cause_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`source_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`source_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`points_from_pending` bigint NOT NULL,
	`points_from_balance` bigint NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `claw_backs_cause_type_cause_id_pk` PRIMARY KEY(`cause_type`,`cause_id`),
	CONSTRAINT `claw_backs_amounts_check` CHECK(`claw_backs`.`points_from_pending` >= 0 and `claw_backs`.`points_from_balance` >= 0)
);
--> statement-breakpoint
ALTER TABLE `orders` DROP CONSTRAINT `orders_status_check`;
--> statement-breakpoint
ALTER TABLE `order_items` ADD `quantity_refunded` int DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `orders` ADD `points_refunded` bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `orders` ADD `cash_refunded_cents` bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE `cash_refunds` ADD CONSTRAINT `cash_refunds_payment_id_payments_id_fk` FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `cash_refunds` ADD CONSTRAINT `cash_refunds_refund_id_refunds_id_fk` FOREIGN KEY (`refund_id`) REFERENCES `refunds`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `refunds` ADD CONSTRAINT `refunds_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE `claw_backs` ADD CONSTRAINT `claw_backs_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX `cash_refunds_payment_idx` ON `cash_refunds` (`payment_id`);
--> statement-breakpoint
CREATE INDEX `cash_refunds_due_idx` ON `cash_refunds` (`status`,`next_attempt_at`);
--> statement-breakpoint
CREATE INDEX `refunds_order_idx` ON `refunds` (`order_id`,`line`);
--> statement-breakpoint
CREATE INDEX `claw_backs_source_idx` ON `claw_backs` (`source_type`,`source_id`);
--> statement-breakpoint
ALTER TABLE `order_items` ADD CONSTRAINT `order_items_refunded_check` CHECK (`order_items`.`quantity_refunded` between 0 and `order_items`.`quantity`);
--> statement-breakpoint
ALTER TABLE `orders` ADD CONSTRAINT `orders_refunded_check` CHECK (`orders`.`points_refunded` between 0 and `orders`.`points_spent` and `orders`.`cash_refunded_cents` between 0 and `orders`.`cash_paid_cents`);
--> statement-breakpoint
ALTER TABLE `orders` ADD CONSTRAINT `orders_status_check` CHECK (`orders`.`status` in ('pending','paid','shipped','completed','cancelled','refunded'));
--> statement-breakpoint
CREATE INDEX `check_ins_count_idx` ON `check_ins` (`user_id`,`local_day`,`kind`);
