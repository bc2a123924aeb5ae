import { sql } from "drizzle-orm";
import { boolean, check, index, int, mysqlTable, primaryKey, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { calendarDay, createdAt, id, instant, points, ref, token } from "../columns";
import { users } from "./people";

export const DRAW_STATUSES = ["draft", "active", "archived"] as const;
export type DrawStatus = (typeof DRAW_STATUSES)[number];

/** A lucky draw: spins that are bought with points or granted, and prizes by their odds. */
export const draws = mysqlTable(
  "draws",
  {
    id: id(),
    slug: token("slug", { length: 60 }).notNull().unique("draws_slug_key"),
    name: varchar("name", { length: 60 }).notNull(),
    nameEn: varchar("name_en", { length: 60 }).notNull().default(""),
    rules: varchar("rules", { length: 1000 }).notNull().default(""),
    rulesEn: varchar("rules_en", { length: 1000 }).notNull().default(""),
    status: varchar("status", { length: 10, enum: DRAW_STATUSES }).notNull().default("draft"),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    /** What a spin costs; 0 means that only granted spins are spun. */
    spinPoints: points("spin_points").notNull().default(0),
    /** Spins that each person has for nothing on a programme day. */
    freeSpinsPerDay: int("free_spins_per_day").notNull().default(0),
    /** Spins of a person on a programme day, of whatever kind; 0 means no limit. */
    spinsPerDay: int("spins_per_day").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (t) => [
    check("draws_amounts_check", sql`${t.spinPoints} >= 0 and ${t.freeSpinsPerDay} >= 0 and ${t.spinsPerDay} >= 0`),
    check("draws_status_check", sql`${t.status} in ('draft','active','archived')`),
  ],
);

export const PRIZE_KINDS = ["points", "coupon", "make_up_card", "nothing"] as const;
export type PrizeKind = (typeof PRIZE_KINDS)[number];

/** A prize with its odds in parts of a million. What the odds leave is "nothing". Goods are won as a gift coupon. */
export const drawPrizes = mysqlTable(
  "draw_prizes",
  {
    id: id(),
    drawId: ref("draw_id").notNull().references(() => draws.id, { onDelete: "restrict" }),
    position: int("position").notNull(),
    name: varchar("name", { length: 40 }).notNull(),
    nameEn: varchar("name_en", { length: 40 }).notNull().default(""),
    kind: varchar("kind", { length: 15, enum: PRIZE_KINDS }).notNull(),
    points: points("points").notNull().default(0),
    couponTemplateId: ref("coupon_template_id"),
    quantity: int("quantity").notNull().default(1),
    oddsPpm: int("odds_ppm").notNull(),
    isActive: boolean("is_active").notNull().default(true),
  },
  (t) => [index("draw_prizes_draw_idx").on(t.drawId, t.position), check("draw_prizes_check", sql`${t.oddsPpm} between 0 and 1000000 and ${t.points} >= 0 and ${t.quantity} >= 1`)],
);

/** What is left of a prize; none for one without a limit. A row of its own: it is hot. */
export const prizeStock = mysqlTable(
  "prize_stock",
  { prizeId: ref("prize_id").primaryKey().references(() => drawPrizes.id, { onDelete: "restrict" }), stock: int("stock").notNull() },
  (t) => [check("prize_stock_check", sql`${t.stock} >= 0`)],
);

/** A round of a draw: its seed is drawn and its hash published before the first spin, the seed itself when the round is over. */
export const drawRounds = mysqlTable(
  "draw_rounds",
  {
    id: id(),
    drawId: ref("draw_id").notNull().references(() => draws.id, { onDelete: "restrict" }),
    localDay: calendarDay("local_day").notNull(),
    /** Hex. Secret until `revealed_at`. */
    seed: token("seed", { length: 64 }).notNull(),
    seedHash: token("seed_hash", { length: 64 }).notNull(),
    /** The prizes and odds that the round is played by, in a canonical form whose hash is published with the seed's. */
    prizeTable: varchar("prize_table", { length: 4000 }).notNull(),
    /** Spins so far: the next one's number. */
    spins: int("spins").notNull().default(0),
    revealedAt: instant("revealed_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("draw_rounds_day_key").on(t.drawId, t.localDay), index("draw_rounds_reveal_idx").on(t.revealedAt, t.localDay)],
);

/** One spin, with all that is needed to draw it again. */
export const spins = mysqlTable(
  "spins",
  {
    id: id(),
    publicId: token("public_id", { length: 22 }).notNull().unique("spins_public_key"),
    /** Named without a foreign key: the round's row counts the spins, and a hot row is no one's parent. */
    roundId: ref("round_id").notNull(),
    drawId: ref("draw_id").notNull(),
    /** Its number in the round, which goes into the draw with the seed. */
    nonce: int("nonce").notNull(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    localDay: calendarDay("local_day").notNull(),
    /** How it was paid. */
    paidWith: varchar("paid_with", { length: 10, enum: ["points", "free", "granted"] }).notNull(),
    points: points("points").notNull().default(0),
    /** 0 to 999,999. */
    roll: int("roll").notNull(),
    /** What the roll hit; null is nothing. */
    rolledPrizeId: ref("rolled_prize_id").references(() => drawPrizes.id, { onDelete: "restrict" }),
    /** What was given: null when nothing was hit, or when the last piece of it had gone. */
    prizeId: ref("prize_id").references(() => drawPrizes.id, { onDelete: "restrict" }),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("spins_nonce_key").on(t.roundId, t.nonce), index("spins_user_idx").on(t.userId, t.drawId, t.localDay), index("spins_draw_idx").on(t.drawId, t.id), check("spins_roll_check", sql`${t.roll} between 0 and 999999`)],
);

/** Spins that were granted and used; what a person has is the sum. */
export const spinMoves = mysqlTable(
  "spin_moves",
  {
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    drawId: ref("draw_id").notNull().references(() => draws.id, { onDelete: "restrict" }),
    quantity: int("quantity").notNull(),
    sourceType: token("source_type", { length: 20 }).notNull(),
    sourceId: token("source_id", { length: 64 }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.sourceType, t.sourceId, t.userId, t.drawId] }), index("spin_moves_user_idx").on(t.userId, t.drawId, t.quantity), check("spin_moves_quantity_check", sql`${t.quantity} <> 0`)],
);
