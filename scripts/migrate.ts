import { UnsupportedServerError } from "@/db/server-version";
import { migrateDatabase } from "@/db/migrate";
import { PrivilegesError, shareWithApp } from "@/db/privileges";

/**
 * Brings the database to the newest schema. With MIGRATE_DATABASE_URL it works as that user, the owner of the schema, and then gives the user of
 * DATABASE_URL, whom the shop works as, its rights table by table.
 */
async function main(): Promise<void> {
  const appUrl = process.env.DATABASE_URL;
  if (!appUrl) throw new Error("DATABASE_URL is not set");
  const ownerUrl = process.env.MIGRATE_DATABASE_URL || appUrl;
  await migrateDatabase(ownerUrl);
  const shared = await shareWithApp(ownerUrl, appUrl);
  if (shared && shared.excess.length > 0) {
    console.error(`${shared.account} still has ${shared.excess.join(", ")} on the append-only tables, and the owner may not take it back: the database does not keep them. Revoke it as an administrator.`);
  }
  console.error("database is up to date");
}

main().catch((error: unknown) => {
  console.error(error instanceof UnsupportedServerError || error instanceof PrivilegesError ? error.message : error);
  process.exit(1);
});
