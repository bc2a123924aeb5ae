CREATE TABLE `product_gates` (
	`product_id` bigint unsigned NOT NULL,
	`kind` varchar(10) NOT NULL,
	`audience_id` bigint unsigned NOT NULL,
	CONSTRAINT `product_gates_product_id_kind_audience_id_pk` PRIMARY KEY(`product_id`,`kind`,`audience_id`)
);
--> statement-breakpoint
CREATE TABLE `segment_members` (
	`segment_id` bigint unsigned NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `segment_members_segment_id_user_id_pk` PRIMARY KEY(`segment_id`,`user_id`)
);
--> statement-breakpoint
CREATE TABLE `segments` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`slug` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`name` varchar(60) NOT NULL,
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`definition` json NOT NULL,
	`is_active` boolean NOT NULL DEFAULT true,
	`refreshed_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `segments_id` PRIMARY KEY(`id`),
	CONSTRAINT `segments_slug_key` UNIQUE(`slug`)
);
--> statement-breakpoint
CREATE TABLE `sku_prices` (
	`sku_id` bigint unsigned NOT NULL,
	`kind` varchar(10) NOT NULL,
	`audience_id` bigint unsigned NOT NULL,
	`points_price` bigint NOT NULL,
	`cash_price_cents` bigint NOT NULL DEFAULT 0,
	CONSTRAINT `sku_prices_sku_id_kind_audience_id_pk` PRIMARY KEY(`sku_id`,`kind`,`audience_id`),
	CONSTRAINT `sku_prices_check` CHECK(`sku_prices`.`points_price` >= 0 and `sku_prices`.`cash_price_cents` >= 0 and `sku_prices`.`points_price` + `sku_prices`.`cash_price_cents` > 0)
);
--> statement-breakpoint
CREATE TABLE `flash_sales` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`sku_id` bigint unsigned NOT NULL,
	`shop_sku_id` bigint unsigned NOT NULL,
	`name` varchar(60) NOT NULL,
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`pieces` int NOT NULL,
	`starts_at` datetime(3) NOT NULL,
	`ends_at` datetime(3) NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'scheduled',
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `flash_sales_id` PRIMARY KEY(`id`),
	CONSTRAINT `flash_sales_sku_key` UNIQUE(`sku_id`),
	CONSTRAINT `flash_sales_check` CHECK(`flash_sales`.`pieces` >= 1 and `flash_sales`.`starts_at` < `flash_sales`.`ends_at` and `flash_sales`.`status` in ('scheduled','closed'))
);
--> statement-breakpoint
CREATE TABLE `pictures` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`width` int NOT NULL,
	`height` int NOT NULL,
	`bytes` int NOT NULL,
	`uploaded_by` bigint unsigned,
	`unused_since` datetime(3) DEFAULT CURRENT_TIMESTAMP(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `pictures_id` PRIMARY KEY(`id`),
	CONSTRAINT `pictures_public_key` UNIQUE(`public_id`)
);
--> statement-breakpoint
CREATE TABLE `product_pictures` (
	`product_id` bigint unsigned NOT NULL,
	`picture_id` bigint unsigned NOT NULL,
	`position` int NOT NULL,
	`alt` varchar(120) NOT NULL DEFAULT '',
	`alt_en` varchar(120) NOT NULL DEFAULT '',
	CONSTRAINT `product_pictures_product_id_picture_id_pk` PRIMARY KEY(`product_id`,`picture_id`)
);
--> statement-breakpoint
CREATE TABLE `stock_alerts` (
	`sku_id` bigint unsigned NOT NULL,
	`stock` int NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `stock_alerts_sku_id` PRIMARY KEY(`sku_id`)
);
--> statement-breakpoint
CREATE TABLE `stock_watches` (
	`sku_id` bigint unsigned NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `stock_watches_sku_id_user_id_pk` PRIMARY KEY(`sku_id`,`user_id`)
);
--> statement-breakpoint
CREATE TABLE `coupon_budgets` (
	`template_id` bigint unsigned NOT NULL,
	`issued` int NOT NULL DEFAULT 0,
	CONSTRAINT `coupon_budgets_template_id` PRIMARY KEY(`template_id`)
);
--> statement-breakpoint
CREATE TABLE `coupon_templates` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(60) NOT NULL,
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`kind` varchar(15) NOT NULL,
	`unit` varchar(10) NOT NULL DEFAULT 'cash',
	`amount` bigint NOT NULL DEFAULT 0,
	`percent` int NOT NULL DEFAULT 0,
	`amount_max` bigint NOT NULL DEFAULT 0,
	`min_spend` bigint NOT NULL DEFAULT 0,
	`gift_sku_id` bigint unsigned,
	`scope` varchar(12) NOT NULL DEFAULT 'all',
	`scope_ids` json NOT NULL,
	`is_claimable` boolean NOT NULL DEFAULT false,
	`claim_from` datetime(3),
	`claim_until` datetime(3),
	`claim_limit` int NOT NULL DEFAULT 1,
	`min_level_id` bigint unsigned,
	`segment_id` bigint unsigned,
	`issued_max` int NOT NULL DEFAULT 0,
	`valid_from` datetime(3),
	`valid_until` datetime(3),
	`valid_days` int,
	`status` varchar(10) NOT NULL DEFAULT 'draft',
	`position` int NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `coupon_templates_id` PRIMARY KEY(`id`),
	CONSTRAINT `coupon_templates_kind_check` CHECK((`coupon_templates`.`kind` = 'amount' and `coupon_templates`.`amount` > 0) or (`coupon_templates`.`kind` = 'percent' and `coupon_templates`.`percent` between 1 and 100) or `coupon_templates`.`kind` = 'free_delivery' or (`coupon_templates`.`kind` = 'gift' and `coupon_templates`.`gift_sku_id` is not null)),
	CONSTRAINT `coupon_templates_amounts_check` CHECK(`coupon_templates`.`amount` >= 0 and `coupon_templates`.`amount_max` >= 0 and `coupon_templates`.`min_spend` >= 0 and `coupon_templates`.`claim_limit` >= 1 and `coupon_templates`.`issued_max` >= 0),
	CONSTRAINT `coupon_templates_validity_check` CHECK((`coupon_templates`.`valid_until` is null) <> (`coupon_templates`.`valid_days` is null)),
	CONSTRAINT `coupon_templates_status_check` CHECK(`coupon_templates`.`status` in ('draft','active','archived'))
);
--> statement-breakpoint
CREATE TABLE `coupons` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`template_id` bigint unsigned NOT NULL,
	`user_id` bigint unsigned,
	`code` varchar(24) CHARACTER SET ascii COLLATE ascii_bin,
	`status` varchar(10) NOT NULL DEFAULT 'active',
	`order_public_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin,
	`source_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`source_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`usable_from` datetime(3) NOT NULL,
	`expires_at` datetime(3) NOT NULL,
	`used_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `coupons_id` PRIMARY KEY(`id`),
	CONSTRAINT `coupons_public_key` UNIQUE(`public_id`),
	CONSTRAINT `coupons_code_key` UNIQUE(`code`),
	CONSTRAINT `coupons_source_key` UNIQUE(`source_type`,`source_id`),
	CONSTRAINT `coupons_status_check` CHECK(`coupons`.`status` in ('active','used','void') and (`coupons`.`status` = 'used') = (`coupons`.`order_public_id` is not null))
);
--> statement-breakpoint
CREATE TABLE `draw_prizes` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`draw_id` bigint unsigned NOT NULL,
	`position` int NOT NULL,
	`name` varchar(40) NOT NULL,
	`name_en` varchar(40) NOT NULL DEFAULT '',
	`kind` varchar(15) NOT NULL,
	`points` bigint NOT NULL DEFAULT 0,
	`coupon_template_id` bigint unsigned,
	`quantity` int NOT NULL DEFAULT 1,
	`odds_ppm` int NOT NULL,
	`is_active` boolean NOT NULL DEFAULT true,
	CONSTRAINT `draw_prizes_id` PRIMARY KEY(`id`),
	CONSTRAINT `draw_prizes_check` CHECK(`draw_prizes`.`odds_ppm` between 0 and 1000000 and `draw_prizes`.`points` >= 0 and `draw_prizes`.`quantity` >= 1)
);
--> statement-breakpoint
CREATE TABLE `draw_rounds` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`draw_id` bigint unsigned NOT NULL,
	`local_day` date NOT NULL,
	`seed` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`seed_hash` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`prize_table` varchar(4000) NOT NULL,
	`spins` int NOT NULL DEFAULT 0,
	`revealed_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `draw_rounds_id` PRIMARY KEY(`id`),
	CONSTRAINT `draw_rounds_day_key` UNIQUE(`draw_id`,`local_day`)
);
--> statement-breakpoint
CREATE TABLE `draws` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`slug` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`name` varchar(60) NOT NULL,
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`rules` varchar(1000) NOT NULL DEFAULT '',
	`rules_en` varchar(1000) NOT NULL DEFAULT '',
	`status` varchar(10) NOT NULL DEFAULT 'draft',
	`starts_at` datetime(3),
	`ends_at` datetime(3),
	`spin_points` bigint NOT NULL DEFAULT 0,
	`free_spins_per_day` int NOT NULL DEFAULT 0,
	`spins_per_day` int NOT NULL DEFAULT 0,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	`updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `draws_id` PRIMARY KEY(`id`),
	CONSTRAINT `draws_slug_key` UNIQUE(`slug`),
	CONSTRAINT `draws_amounts_check` CHECK(`draws`.`spin_points` >= 0 and `draws`.`free_spins_per_day` >= 0 and `draws`.`spins_per_day` >= 0),
	CONSTRAINT `draws_status_check` CHECK(`draws`.`status` in ('draft','active','archived'))
);
--> statement-breakpoint
CREATE TABLE `prize_stock` (
	`prize_id` bigint unsigned NOT NULL,
	`stock` int NOT NULL,
	CONSTRAINT `prize_stock_prize_id` PRIMARY KEY(`prize_id`),
	CONSTRAINT `prize_stock_check` CHECK(`prize_stock`.`stock` >= 0)
);
--> statement-breakpoint
CREATE TABLE `spin_moves` (
	`user_id` bigint unsigned NOT NULL,
	`draw_id` bigint unsigned NOT NULL,
	`quantity` int NOT NULL,
	`source_type` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`source_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `spin_moves_source_type_source_id_user_id_draw_id_pk` PRIMARY KEY(`source_type`,`source_id`,`user_id`,`draw_id`),
	CONSTRAINT `spin_moves_quantity_check` CHECK(`spin_moves`.`quantity` <> 0)
);
--> statement-breakpoint
CREATE TABLE `spins` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`public_id` varchar(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`round_id` bigint unsigned NOT NULL,
	`draw_id` bigint unsigned NOT NULL,
	`nonce` int NOT NULL,
	`user_id` bigint unsigned NOT NULL,
	`local_day` date NOT NULL,
	`paid_with` varchar(10) NOT NULL,
	`points` bigint NOT NULL DEFAULT 0,
	`roll` int NOT NULL,
	`rolled_prize_id` bigint unsigned,
	`prize_id` bigint unsigned,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `spins_id` PRIMARY KEY(`id`),
	CONSTRAINT `spins_public_key` UNIQUE(`public_id`),
	CONSTRAINT `spins_nonce_key` UNIQUE(`round_id`,`nonce`),
	CONSTRAINT `spins_roll_check` CHECK(`spins`.`roll` between 0 and 999999)
);
--> statement-breakpoint
CREATE TABLE `pickup_codes` (
	`order_id` bigint unsigned NOT NULL,
	`code` varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`verified_at` datetime(3),
	`verified_by` bigint unsigned,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `pickup_codes_order_id` PRIMARY KEY(`order_id`),
	CONSTRAINT `pickup_codes_code_key` UNIQUE(`code`)
);
--> statement-breakpoint
CREATE TABLE `pickup_points` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(60) NOT NULL,
	`name_en` varchar(60) NOT NULL DEFAULT '',
	`address` varchar(200) NOT NULL,
	`address_en` varchar(200) NOT NULL DEFAULT '',
	`hours` varchar(100) NOT NULL DEFAULT '',
	`phone` varchar(30) NOT NULL DEFAULT '',
	`is_active` boolean NOT NULL DEFAULT true,
	`position` int NOT NULL DEFAULT 0,
	CONSTRAINT `pickup_points_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `shipment_lines` (
	`shipment_id` bigint unsigned NOT NULL,
	`line` smallint NOT NULL,
	`quantity` int NOT NULL,
	CONSTRAINT `shipment_lines_shipment_id_line_pk` PRIMARY KEY(`shipment_id`,`line`),
	CONSTRAINT `shipment_lines_quantity_check` CHECK(`shipment_lines`.`quantity` >= 1)
);
--> statement-breakpoint
CREATE TABLE `shipments` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`order_id` bigint unsigned NOT NULL,
	`carrier` varchar(40) NOT NULL,
	`tracking_number` varchar(60) NOT NULL,
	`actor_id` bigint unsigned,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `shipments_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `virtual_codes` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`sku_id` bigint unsigned NOT NULL,
	`cipher` varbinary(600) NOT NULL,
	`code_digest` binary(32) NOT NULL,
	`status` varchar(10) NOT NULL DEFAULT 'free',
	`order_id` bigint unsigned,
	`line` smallint,
	`sold_at` datetime(3),
	`revealed_at` datetime(3),
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `virtual_codes_id` PRIMARY KEY(`id`),
	CONSTRAINT `virtual_codes_digest_key` UNIQUE(`sku_id`,`code_digest`),
	CONSTRAINT `virtual_codes_status_check` CHECK(`virtual_codes`.`status` in ('free','sold','void') and (`virtual_codes`.`status` = 'sold') = (`virtual_codes`.`order_id` is not null))
);
--> statement-breakpoint
CREATE TABLE `cart_items` (
	`user_id` bigint unsigned NOT NULL,
	`sku_id` bigint unsigned NOT NULL,
	`quantity` int NOT NULL,
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `cart_items_user_id_sku_id_pk` PRIMARY KEY(`user_id`,`sku_id`),
	CONSTRAINT `cart_items_quantity_check` CHECK(`cart_items`.`quantity` >= 1)
);
--> statement-breakpoint
CREATE TABLE `payment_notices` (
	`provider` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`notice_id` varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`reference` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	`result` varchar(20) NOT NULL,
	`amount_cents` bigint NOT NULL DEFAULT 0,
	`outcome` varchar(60) NOT NULL DEFAULT '',
	`created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
	CONSTRAINT `payment_notices_provider_notice_id_pk` PRIMARY KEY(`provider`,`notice_id`)
);
--> statement-breakpoint
ALTER TABLE `products` DROP CONSTRAINT `products_delivery_check`;--> statement-breakpoint
ALTER TABLE `skus` DROP CONSTRAINT `skus_amounts_check`;--> statement-breakpoint
ALTER TABLE `orders` DROP CONSTRAINT `orders_amounts_check`;--> statement-breakpoint
ALTER TABLE `categories` ADD `parent_id` bigint unsigned;--> statement-breakpoint
ALTER TABLE `products` ADD `on_sale_from` datetime(3);--> statement-breakpoint
ALTER TABLE `products` ADD `on_sale_until` datetime(3);--> statement-breakpoint
ALTER TABLE `products` ADD `is_gated` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `skus` ADD `discount_points_min` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `skus` ADD `discount_share_max` int DEFAULT 100 NOT NULL;--> statement-breakpoint
ALTER TABLE `skus` ADD `discount_points_per_yuan` int;--> statement-breakpoint
ALTER TABLE `skus` ADD `limit_per_day` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `skus` ADD `kind` varchar(5) DEFAULT 'shop' NOT NULL;--> statement-breakpoint
ALTER TABLE `skus` ADD `on_sale_from` datetime(3);--> statement-breakpoint
ALTER TABLE `skus` ADD `on_sale_until` datetime(3);--> statement-breakpoint
ALTER TABLE `skus` ADD `has_own_prices` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `skus` ADD `has_codes` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `skus` ADD `coupon_template_id` bigint unsigned;--> statement-breakpoint
ALTER TABLE `skus` ADD `low_stock` int;--> statement-breakpoint
ALTER TABLE `order_items` ADD `delivery` varchar(10) DEFAULT 'shipped' NOT NULL;--> statement-breakpoint
ALTER TABLE `order_items` ADD `discount_cents` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `order_items` ADD `coupon_cents` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `order_items` ADD `coupon_points` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `order_items` ADD `is_gift` boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `order_items` ADD `quantity_delivered` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `coupon_id` bigint unsigned;--> statement-breakpoint
ALTER TABLE `orders` ADD `coupon_cents` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `coupon_points` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `delivery_cents` bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `pickup` json;--> statement-breakpoint
ALTER TABLE `orders` ADD `shipped_at` datetime(3);--> statement-breakpoint
ALTER TABLE `payments` ADD `provider_key` varchar(600) CHARACTER SET ascii COLLATE ascii_bin;--> statement-breakpoint
ALTER TABLE `product_gates` ADD CONSTRAINT `product_gates_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `segment_members` ADD CONSTRAINT `segment_members_segment_id_segments_id_fk` FOREIGN KEY (`segment_id`) REFERENCES `segments`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `segment_members` ADD CONSTRAINT `segment_members_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sku_prices` ADD CONSTRAINT `sku_prices_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `flash_sales` ADD CONSTRAINT `flash_sales_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `flash_sales` ADD CONSTRAINT `flash_sales_shop_sku_id_skus_id_fk` FOREIGN KEY (`shop_sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `pictures` ADD CONSTRAINT `pictures_uploaded_by_users_id_fk` FOREIGN KEY (`uploaded_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_pictures` ADD CONSTRAINT `product_pictures_product_id_products_id_fk` FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `product_pictures` ADD CONSTRAINT `product_pictures_picture_id_pictures_id_fk` FOREIGN KEY (`picture_id`) REFERENCES `pictures`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_alerts` ADD CONSTRAINT `stock_alerts_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_watches` ADD CONSTRAINT `stock_watches_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `stock_watches` ADD CONSTRAINT `stock_watches_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `coupon_budgets` ADD CONSTRAINT `coupon_budgets_template_id_coupon_templates_id_fk` FOREIGN KEY (`template_id`) REFERENCES `coupon_templates`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `coupons` ADD CONSTRAINT `coupons_template_id_coupon_templates_id_fk` FOREIGN KEY (`template_id`) REFERENCES `coupon_templates`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `coupons` ADD CONSTRAINT `coupons_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `draw_prizes` ADD CONSTRAINT `draw_prizes_draw_id_draws_id_fk` FOREIGN KEY (`draw_id`) REFERENCES `draws`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `draw_rounds` ADD CONSTRAINT `draw_rounds_draw_id_draws_id_fk` FOREIGN KEY (`draw_id`) REFERENCES `draws`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `prize_stock` ADD CONSTRAINT `prize_stock_prize_id_draw_prizes_id_fk` FOREIGN KEY (`prize_id`) REFERENCES `draw_prizes`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `spin_moves` ADD CONSTRAINT `spin_moves_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `spin_moves` ADD CONSTRAINT `spin_moves_draw_id_draws_id_fk` FOREIGN KEY (`draw_id`) REFERENCES `draws`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `spins` ADD CONSTRAINT `spins_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `spins` ADD CONSTRAINT `spins_rolled_prize_id_draw_prizes_id_fk` FOREIGN KEY (`rolled_prize_id`) REFERENCES `draw_prizes`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `spins` ADD CONSTRAINT `spins_prize_id_draw_prizes_id_fk` FOREIGN KEY (`prize_id`) REFERENCES `draw_prizes`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `pickup_codes` ADD CONSTRAINT `pickup_codes_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `pickup_codes` ADD CONSTRAINT `pickup_codes_verified_by_users_id_fk` FOREIGN KEY (`verified_by`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `shipment_lines` ADD CONSTRAINT `shipment_lines_shipment_id_shipments_id_fk` FOREIGN KEY (`shipment_id`) REFERENCES `shipments`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `shipments` ADD CONSTRAINT `shipments_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `virtual_codes` ADD CONSTRAINT `virtual_codes_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `virtual_codes` ADD CONSTRAINT `virtual_codes_order_id_orders_id_fk` FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `cart_items` ADD CONSTRAINT `cart_items_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `cart_items` ADD CONSTRAINT `cart_items_sku_id_skus_id_fk` FOREIGN KEY (`sku_id`) REFERENCES `skus`(`id`) ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `segment_members_user_idx` ON `segment_members` (`user_id`);--> statement-breakpoint
CREATE INDEX `flash_sales_time_idx` ON `flash_sales` (`status`,`starts_at`);--> statement-breakpoint
CREATE INDEX `stock_watches_user_idx` ON `stock_watches` (`user_id`);--> statement-breakpoint
CREATE INDEX `coupons_user_idx` ON `coupons` (`user_id`,`status`,`expires_at`);--> statement-breakpoint
CREATE INDEX `coupons_template_idx` ON `coupons` (`template_id`,`status`);--> statement-breakpoint
CREATE INDEX `coupons_order_idx` ON `coupons` (`order_public_id`);--> statement-breakpoint
CREATE INDEX `draw_prizes_draw_idx` ON `draw_prizes` (`draw_id`,`position`);--> statement-breakpoint
CREATE INDEX `draw_rounds_reveal_idx` ON `draw_rounds` (`revealed_at`,`local_day`);--> statement-breakpoint
CREATE INDEX `spin_moves_user_idx` ON `spin_moves` (`user_id`,`draw_id`,`quantity`);--> statement-breakpoint
CREATE INDEX `spins_user_idx` ON `spins` (`user_id`,`draw_id`,`local_day`);--> statement-breakpoint
CREATE INDEX `spins_draw_idx` ON `spins` (`draw_id`,`id`);--> statement-breakpoint
CREATE INDEX `shipments_order_idx` ON `shipments` (`order_id`);--> statement-breakpoint
CREATE INDEX `virtual_codes_pool_idx` ON `virtual_codes` (`sku_id`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `virtual_codes_order_idx` ON `virtual_codes` (`order_id`,`line`);--> statement-breakpoint
CREATE INDEX `payment_notices_reference_idx` ON `payment_notices` (`reference`);--> statement-breakpoint
ALTER TABLE `products` ADD CONSTRAINT `products_window_check` CHECK (`products`.`on_sale_from` is null or `products`.`on_sale_until` is null or `products`.`on_sale_from` < `products`.`on_sale_until`);--> statement-breakpoint
ALTER TABLE `products` ADD CONSTRAINT `products_delivery_check` CHECK (`products`.`delivery` in ('shipped','pickup','virtual','coupon'));--> statement-breakpoint
ALTER TABLE `skus` ADD CONSTRAINT `skus_window_check` CHECK (`skus`.`on_sale_from` is null or `skus`.`on_sale_until` is null or `skus`.`on_sale_from` < `skus`.`on_sale_until`);--> statement-breakpoint
ALTER TABLE `skus` ADD CONSTRAINT `skus_kind_check` CHECK (`skus`.`kind` in ('shop','flash'));--> statement-breakpoint
ALTER TABLE `skus` ADD CONSTRAINT `skus_amounts_check` CHECK (`skus`.`points_price` >= 0 and `skus`.`cash_price_cents` >= 0 and `skus`.`discount_points_max` >= 0 and `skus`.`limit_per_order` >= 1 and `skus`.`limit_per_user` >= 0 and `skus`.`limit_per_day` >= 0 and `skus`.`discount_points_min` >= 0 and `skus`.`discount_share_max` between 1 and 100 and (`skus`.`discount_points_per_yuan` is null or `skus`.`discount_points_per_yuan` >= 1));--> statement-breakpoint
ALTER TABLE `order_items` ADD CONSTRAINT `order_items_delivered_check` CHECK (`order_items`.`quantity_delivered` between 0 and `order_items`.`quantity`);--> statement-breakpoint
ALTER TABLE `orders` ADD CONSTRAINT `orders_amounts_check` CHECK (`orders`.`points_spent` >= 0 and `orders`.`discount_cents` >= 0 and `orders`.`cash_due_cents` >= 0 and `orders`.`coupon_cents` >= 0 and `orders`.`coupon_points` >= 0 and `orders`.`delivery_cents` >= 0 and `orders`.`total_cents` + `orders`.`delivery_cents` = `orders`.`discount_cents` + `orders`.`coupon_cents` + `orders`.`cash_due_cents`);--> statement-breakpoint
CREATE INDEX `orders_shipped_idx` ON `orders` (`status`,`shipped_at`);--> statement-breakpoint
-- The default list would drop every pair of letters with an a or an i in it, and with them most English words. An index keeps the list that it was made under.
SET SESSION innodb_ft_enable_stopword = OFF;--> statement-breakpoint
CREATE FULLTEXT INDEX `products_text_idx` ON `products` (`name`,`name_en`,`description`,`description_en`) WITH PARSER ngram;--> statement-breakpoint
SET SESSION innodb_ft_enable_stopword = DEFAULT;--> statement-breakpoint
UPDATE `order_items` i JOIN `orders` o ON o.`id` = i.`order_id` SET i.`delivery` = o.`delivery`, i.`discount_cents` = o.`discount_cents`;--> statement-breakpoint
UPDATE `order_items` i SET i.`quantity_delivered` = i.`quantity` WHERE EXISTS (SELECT 1 FROM `order_events` e WHERE e.`order_id` = i.`order_id` AND e.`to_status` IN ('shipped','completed'));--> statement-breakpoint
UPDATE `orders` o SET o.`shipped_at` = (SELECT MIN(e.`created_at`) FROM `order_events` e WHERE e.`order_id` = o.`id` AND e.`to_status` = 'shipped');--> statement-breakpoint
INSERT INTO `shipments` (`order_id`, `carrier`, `tracking_number`, `actor_id`, `created_at`) SELECT o.`id`, COALESCE(o.`carrier`, ''), COALESCE(o.`tracking_number`, ''), e.`actor_id`, e.`created_at` FROM `orders` o JOIN `order_events` e ON e.`order_id` = o.`id` AND e.`to_status` = 'shipped';--> statement-breakpoint
INSERT INTO `shipment_lines` (`shipment_id`, `line`, `quantity`) SELECT s.`id`, i.`line`, i.`quantity` FROM `shipments` s JOIN `order_items` i ON i.`order_id` = s.`order_id` WHERE i.`delivery` = 'shipped';
