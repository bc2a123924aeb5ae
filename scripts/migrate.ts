import { UnsupportedServerError } from "@/db/server-version";
import { migrateDatabase } from "@/db/migrate";

/** Brings the database of DATABASE_URL to the newest schema. */
async function main(): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set");
  await migrateDatabase(url);
  console.error("database is up to date");
}

main().catch((error: unknown) => {
  console.error(error instanceof UnsupportedServerError ? error.message : error);
  process.exit(1);
});
