import { closePool } from "@/db/client";
import { appointOwner } from "@/lib/accounts/founding/commands";
import { Email } from "@/lib/accounts/schema";
import { env } from "@/lib/env";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";
import { closeRedis } from "@/lib/redis";

/** `npm run owner -- EMAIL`: makes the person of this address an owner of the shop, and prints a link to choose a password. Who did not work here before comes in by it alone. */
async function main(): Promise<void> {
  const email = Email.safeParse(process.argv[2] ?? "");
  if (!email.success) {
    console.error("usage: npm run owner -- EMAIL");
    process.exitCode = 2;
    return;
  }
  const { isNew, keepsPassword, path } = await perform({ kind: "system", name: "owner" }, (ctx) => appointOwner(ctx, email.data));
  console.log(`${email.data} is an owner${isNew ? ", with a new account" : ""}.`);
  const link = new URL(path, env().NEXTAUTH_URL).href;
  console.log(keepsPassword ? `Their password stays; another is chosen here, within half an hour: ${link}` : `A password is chosen here, within half an hour, and no other works: ${link}`);
}

main()
  .catch((error: unknown) => {
    console.error(isRefusal(error) ? `refused: ${error.code}` : error);
    process.exitCode = 1;
  })
  .finally(() => Promise.all([closePool(), closeRedis()]));
