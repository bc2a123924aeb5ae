import { sql } from "drizzle-orm";
import { bigint, customType, date, datetime } from "drizzle-orm/mysql-core";

/** Auto-increment primary key. Ids stay far below 2^53, so they are plain numbers. */
export const id = () => bigint("id", { mode: "number", unsigned: true }).autoincrement().primaryKey();

/** A column that holds another table's id. */
export const ref = (name: string) => bigint(name, { mode: "number", unsigned: true });

/** A whole number of up to 2^53. */
export const bigintOf = (name: string) => bigint(name, { mode: "number" });

/** Whole points. */
export const points = (name: string) => bigint(name, { mode: "number" });

/** Whole cents of the shop's currency. */
export const cents = (name: string) => bigint(name, { mode: "number" });

/** An instant in UTC, to the millisecond. */
export const instant = (name: string) => datetime(name, { mode: "date", fsp: 3 });

export const createdAt = () => instant("created_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`);

/** A day of the programme's calendar, "YYYY-MM-DD", without a zone. */
export const calendarDay = (name: string) => date(name, { mode: "string" });

/** Machine text compared byte by byte: under the default collation `KEY-é`, `key-e` and `ｋｅｙ-e` are one key. */
export const token = customType<{ data: string; config: { length: number } }>({
  dataType: (config) => `varchar(${config?.length ?? 64}) CHARACTER SET ascii COLLATE ascii_bin`,
});

/** Human text compared code point by code point, for normalised e-mail addresses. */
export const exactText = customType<{ data: string; config: { length: number } }>({
  dataType: (config) => `varchar(${config?.length ?? 255}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
});

/** A SHA-256 digest. */
export const digest = customType<{ data: Buffer }>({ dataType: () => "binary(32)" });
