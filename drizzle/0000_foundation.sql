CREATE TABLE `categories` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`slug` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`name` varchar(60) NOT NULL,
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`position` int NOT NULL DEFAULT 0,
	CONSTRAINT `categories_id` PRIMARY KEY(`id`),
	CONSTRAINT `categories_slug_key` UNIQUE(`slug`)
);
--> statement-breakpoint
CREATE TABLE `products` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`slug` varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`name` varchar(100) NOT NULL,
	`name_en` varchar(100) NOT NULL DEFAULT '',
	`description` text NOT NULL,
	`description_en` text NOT NULL,
	`category_id` bigint unsigned,
	`picture` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'gift',
	`delivery` varchar(10) NOT NULL DEFAULT 'shipped',
	`status` varchar(10) NOT NULL DEFAULT 'draft',
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `products_id` PRIMARY KEY(`id`),
	CONSTRAINT `products_slug_key` UNIQUE(`slug`),
	CONSTRAINT `products_status_check` CHECK(`products`.`status` in ('draft','active','archived')),
	CONSTRAINT `products_delivery_check` CHECK(`products`.`delivery` in ('shipped','virtual'))
);
--> statement-breakpoint
CREATE TABLE `sku_stock` (
	`sku_id` bigint unsigned NOT NULL,
	`stock` int NOT NULL,
	CONSTRAINT `sku_stock_sku_id` PRIMARY KEY(`sku_id`),
	CONSTRAINT `sku_stock_check` CHECK(`sku_stock`.`stock` >= 0)
);
--> statement-breakpoint
CREATE TABLE `skus` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`product_id` bigint unsigned NOT NULL,
	`name` varchar(60) NOT NULL DEFAULT '',
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`price_mode` varchar(15) NOT NULL,
	`points_price` bigint NOT NULL,
	`cash_price_cents` bigint NOT NULL DEFAULT 0,
	`discount_points_max` bigint NOT NULL DEFAULT 0,
	`limit_per_order` int NOT NULL DEFAULT 99,
	`limit_per_user` int NOT NULL DEFAULT 0,
	`position` int NOT NULL DEFAULT 0,
	`is_active` boolean NOT NULL DEFAULT true,
	CONSTRAINT `skus_id` PRIMARY KEY(`id`),
	CONSTRAINT `skus_amounts_check` CHECK(`skus`.`points_price` >= 0 and `skus`.`cash_price_cents` >= 0 and `skus`.`discount_points_max` >= 0 and `skus`.`limit_per_order` >= 1 and `skus`.`limit_per_user` >= 0),
	CONSTRAINT `skus_price_check` CHECK((`skus`.`price_mode` = 'points' and `skus`.`points_price` > 0 and `skus`.`cash_price_cents` = 0) or (`skus`.`price_mode` = 'points_cash' and `skus`.`points_price` > 0 and `skus`.`cash_price_cents` > 0) or (`skus`.`price_mode` = 'cash_discount' and `skus`.`cash_price_cents` > 0))
);
--> statement-breakpoint
CREATE TABLE `stock_moves` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`sku_id` bigint unsigned NOT NULL,
	`quantity` int NOT NULL,
	`reason` varchar(10) NOT NULL,
	`source_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`actor_id` bigint unsigned,
	`note` varchar(200) NOT NULL DEFAULT '',
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `stock_moves_id` PRIMARY KEY(`id`),
	CONSTRAINT `stock_moves_source_key` UNIQUE(`sku_id`,`source_id`,`reason`)
);
--> statement-breakpoint
CREATE TABLE `order_events` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`order_id` bigint unsigned NOT NULL,
	`from_status` varchar(10) NOT NULL,
	`to_status` varchar(10) NOT NULL,
	`actor_id` bigint unsigned,
	`note` varchar(200) NOT NULL DEFAULT '',
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `order_events_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `order_items` (
	`order_id` bigint unsigned NOT NULL,
	`line` smallint NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`sku_id` bigint unsigned NOT NULL,
	`product_id` bigint unsigned NOT NULL,
	`product_name` varchar(100) NOT NULL,
	`product_name_en` varchar(100) NOT NULL,
	`sku_name` varchar(60) NOT NULL,
	`sku_name_en` varchar(60) NOT NULL,
	`picture` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	`unit_cents` bigint NOT NULL,
	`points` bigint NOT NULL,
	`cash_due_cents` bigint NOT NULL,
	CONSTRAINT `order_items_order_id_line_pk` PRIMARY KEY(`order_id`,`line`),
	CONSTRAINT `order_items_amounts_check` CHECK(`order_items`.`quantity` >= 1 and `order_items`.`points` >= 0 and `order_items`.`cash_due_cents` >= 0)
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`request_id` varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`body_digest` binary(32) NOT NULL,
	`status` varchar(10) NOT NULL,
	`points_spent` bigint NOT NULL,
	`points_left` bigint NOT NULL,
	`total_cents` bigint NOT NULL,
	`discount_cents` bigint NOT NULL,
	`cash_due_cents` bigint NOT NULL,
	`cash_paid_cents` bigint NOT NULL DEFAULT 0,
	`delivery` varchar(10) NOT NULL,
	`address` json,
	`pay_by` datetime(3),
	`carrier` varchar(40),
	`tracking_number` varchar(60),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `orders_id` PRIMARY KEY(`id`),
	CONSTRAINT `orders_public_key` UNIQUE(`public_id`),
	CONSTRAINT `orders_request_key` UNIQUE(`user_id`,`request_id`),
	CONSTRAINT `orders_status_check` CHECK(`orders`.`status` in ('pending','paid','shipped','completed','cancelled')),
	CONSTRAINT `orders_amounts_check` CHECK(`orders`.`points_spent` >= 0 and `orders`.`discount_cents` >= 0 and `orders`.`cash_due_cents` >= 0 and `orders`.`total_cents` = `orders`.`discount_cents` + `orders`.`cash_due_cents`),
	CONSTRAINT `orders_paid_check` CHECK(`orders`.`cash_paid_cents` in (0, `orders`.`cash_due_cents`))
);
--> statement-breakpoint
CREATE TABLE `payments` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`order_id` bigint unsigned NOT NULL,
	`provider` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`reference` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`amount_cents` bigint NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'created',
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`settled_at` datetime(3),
	CONSTRAINT `payments_id` PRIMARY KEY(`id`),
	CONSTRAINT `payments_reference_key` UNIQUE(`provider`,`reference`),
	CONSTRAINT `payments_amount_check` CHECK(`payments`.`amount_cents` > 0)
);
--> statement-breakpoint
CREATE TABLE `addresses` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`recipient` varchar(60) NOT NULL,
	`phone` varchar(30) NOT NULL,
	`region` varchar(120) NOT NULL,
	`street` varchar(200) NOT NULL,
	`postcode` varchar(12) NOT NULL DEFAULT '',
	`is_default` boolean NOT NULL DEFAULT false,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `addresses_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_digest` binary(32) NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`session_version` int NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`expires_at` datetime(3) NOT NULL,
	CONSTRAINT `sessions_token_digest` PRIMARY KEY(`token_digest`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`username` varchar(50) NOT NULL,
	`email` varchar(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	`password_hash` varchar(255) NOT NULL,
	`role` varchar(10) NOT NULL DEFAULT 'shopper',
	`locale` varchar(10) NOT NULL DEFAULT 'zh-CN',
	`session_version` int NOT NULL DEFAULT 1,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_username_key` UNIQUE(`username`),
	CONSTRAINT `users_email_key` UNIQUE(`email`),
	CONSTRAINT `users_role_check` CHECK(`users`.`role` in ('shopper','staff','owner'))
);
--> statement-breakpoint
CREATE TABLE `check_ins` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`local_day` date NOT NULL,
	`streak_days` int NOT NULL,
	`points` bigint NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `check_ins_id` PRIMARY KEY(`id`),
	CONSTRAINT `check_ins_day_key` UNIQUE(`user_id`,`local_day`),
	CONSTRAINT `check_ins_amounts_check` CHECK(`check_ins`.`streak_days` >= 1 and `check_ins`.`points` >= 0)
);
--> statement-breakpoint
CREATE TABLE `earn_counters` (
	`user_id` bigint unsigned NOT NULL,
	`rule_id` bigint unsigned NOT NULL,
	`local_day` date NOT NULL,
	`times` int NOT NULL,
	`points` bigint NOT NULL,
	CONSTRAINT `earn_counters_user_id_rule_id_local_day_pk` PRIMARY KEY(`user_id`,`rule_id`,`local_day`)
);
--> statement-breakpoint
CREATE TABLE `lot_allocations` (
	`entry_id` bigint unsigned NOT NULL,
	`lot_id` bigint unsigned NOT NULL,
	`points` bigint NOT NULL,
	CONSTRAINT `lot_allocations_entry_id_lot_id_pk` PRIMARY KEY(`entry_id`,`lot_id`),
	CONSTRAINT `lot_allocations_points_check` CHECK(`lot_allocations`.`points` <> 0)
);
--> statement-breakpoint
CREATE TABLE `point_accounts` (
	`user_id` bigint unsigned NOT NULL,
	`points_balance` bigint NOT NULL DEFAULT 0,
	`points_pending` bigint NOT NULL DEFAULT 0,
	`points_debt` bigint NOT NULL DEFAULT 0,
	`total_points_earned` bigint NOT NULL DEFAULT 0,
	`status` varchar(10) NOT NULL DEFAULT 'active',
	`status_reason` varchar(200),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `point_accounts_user_id` PRIMARY KEY(`user_id`),
	CONSTRAINT `point_accounts_amounts_check` CHECK(`point_accounts`.`points_balance` >= 0 and `point_accounts`.`points_pending` >= 0 and `point_accounts`.`points_debt` >= 0 and `point_accounts`.`total_points_earned` >= 0),
	CONSTRAINT `point_accounts_status_check` CHECK(`point_accounts`.`status` in ('active','frozen'))
);
--> statement-breakpoint
CREATE TABLE `point_lots` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`points_granted` bigint NOT NULL,
	`points_remaining` bigint NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`open_until` datetime(3) GENERATED ALWAYS AS (if(points_remaining > 0, expires_at, null)) STORED,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `point_lots_id` PRIMARY KEY(`id`),
	CONSTRAINT `point_lots_expiry_key` UNIQUE(`user_id`,`expires_at`),
	CONSTRAINT `point_lots_amounts_check` CHECK(`point_lots`.`points_remaining` >= 0 and `point_lots`.`points_remaining` <= `point_lots`.`points_granted`)
);
--> statement-breakpoint
CREATE TABLE `points_rules` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`action_type` varchar(40) NOT NULL,
	`points_value` bigint NOT NULL DEFAULT 0,
	`points_per_yuan` int NOT NULL DEFAULT 0,
	`streak_ladder` json,
	`description` varchar(255) NOT NULL DEFAULT '',
	`daily_limit` int NOT NULL DEFAULT 1,
	`is_active` boolean NOT NULL DEFAULT true,
	`priority` int NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `points_rules_id` PRIMARY KEY(`id`),
	CONSTRAINT `points_rules_amounts_check` CHECK(`points_rules`.`points_value` >= 0 and `points_rules`.`points_per_yuan` >= 0 and `points_rules`.`daily_limit` >= 0)
);
--> statement-breakpoint
CREATE TABLE `points_transactions` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`kind` varchar(20) NOT NULL,
	`points_change` bigint NOT NULL,
	`balance_after` bigint NOT NULL,
	`rule_id` bigint unsigned,
	`source_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`source_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`local_day` date NOT NULL,
	`breakdown` json,
	`actor_id` bigint unsigned,
	`reason` varchar(255),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `points_transactions_id` PRIMARY KEY(`id`),
	CONSTRAINT `points_transactions_source_key` UNIQUE(`source_type`,`source_id`,`kind`)
);
--> statement-breakpoint
CREATE TABLE `user_tasks` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`task_type` varchar(40) NOT NULL,
	`period` varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'once',
	`progress` int NOT NULL DEFAULT 0,
	`completed` boolean NOT NULL DEFAULT false,
	`completed_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `user_tasks_id` PRIMARY KEY(`id`),
	CONSTRAINT `user_tasks_period_key` UNIQUE(`user_id`,`task_type`,`period`)
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`actor_id` bigint unsigned,
	`subject_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`subject_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`data` json NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `events_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor_id` bigint unsigned NOT NULL,
	`request_key` varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`body_digest` binary(32) NOT NULL,
	`reply` json,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `idempotency_keys_actor_id_request_key_pk` PRIMARY KEY(`actor_id`,`request_key`)
);
--> statement-breakpoint
CREATE TABLE `job_runs` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`job` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`started_at` datetime(3) NOT NULL,
	`finished_at` datetime(3),
	`report` json,
	`error` text,
	CONSTRAINT `job_runs_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `rate_windows` (
	`bucket` varchar(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`window_starts_at` datetime(3) NOT NULL,
	`hits` int NOT NULL,
	CONSTRAINT `rate_windows_bucket_window_starts_at_pk` PRIMARY KEY(`bucket`,`window_starts_at`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`value` json NOT NULL,
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `settings_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
ALTER TABLE `products` ADD CONSTRAINT `products_category_id_categories_id_fk` FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sku_stock` ADD CONSTRAINT `sku_stock_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `skus` ADD CONSTRAINT `skus_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_moves` ADD CONSTRAINT `stock_moves_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_moves` ADD CONSTRAINT `stock_moves_actor_id_users_id_fk` FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `order_events` ADD CONSTRAINT `order_events_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `order_items` ADD CONSTRAINT `order_items_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `order_items` ADD CONSTRAINT `order_items_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `orders` ADD CONSTRAINT `orders_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `payments` ADD CONSTRAINT `payments_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `addresses` ADD CONSTRAINT `addresses_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `check_ins` ADD CONSTRAINT `check_ins_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `earn_counters` ADD CONSTRAINT `earn_counters_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `earn_counters` ADD CONSTRAINT `earn_counters_rule_id_points_rules_id_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `lot_allocations` ADD CONSTRAINT `lot_allocations_entry_id_points_transactions_id_fk` FOREIGN KEY (`entry_id`) REFERENCES `points_transactions`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `point_accounts` ADD CONSTRAINT `point_accounts_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `point_lots` ADD CONSTRAINT `point_lots_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `points_transactions` ADD CONSTRAINT `points_transactions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `points_transactions` ADD CONSTRAINT `points_transactions_rule_id_points_rules_id_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `user_tasks` ADD CONSTRAINT `user_tasks_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `products_listing_idx` ON `products` (`status`,`category_id`,`id`);--> statement-breakpoint
CREATE INDEX `skus_product_idx` ON `skus` (`product_id`,`position`);--> statement-breakpoint
CREATE INDEX `order_events_order_idx` ON `order_events` (`order_id`,`id`);--> statement-breakpoint
CREATE INDEX `order_items_buyer_idx` ON `order_items` (`user_id`,`sku_id`);--> statement-breakpoint
CREATE INDEX `orders_status_idx` ON `orders` (`status`,`pay_by`);--> statement-breakpoint
CREATE INDEX `payments_order_idx` ON `payments` (`order_id`);--> statement-breakpoint
CREATE INDEX `addresses_user_idx` ON `addresses` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `sessions_user_idx` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expiry_idx` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `point_lots_open_idx` ON `point_lots` (`user_id`,`open_until`);--> statement-breakpoint
CREATE INDEX `point_lots_due_idx` ON `point_lots` (`open_until`,`user_id`);--> statement-breakpoint
CREATE INDEX `points_rules_action_idx` ON `points_rules` (`action_type`,`is_active`);--> statement-breakpoint
CREATE INDEX `points_transactions_user_idx` ON `points_transactions` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `events_subject_idx` ON `events` (`subject_type`,`subject_id`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_age_idx` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `job_runs_job_idx` ON `job_runs` (`job`,`id`);--> statement-breakpoint
CREATE INDEX `rate_windows_age_idx` ON `rate_windows` (`window_starts_at`);