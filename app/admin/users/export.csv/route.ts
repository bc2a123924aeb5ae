import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { inChunks, noteExport, staffDownload, tickedIn } from "../../download";
import { USERS, userSearchOf } from "@/lib/accounts/staff-list";
import { allUserIds, countUsers, readContacts, readUsersForStaff, type StaffUserRow } from "@/lib/accounts/staff-queries";
import type { CsvCell } from "@/lib/csv";
import { formatInstant } from "@/lib/i18n";
import { readList } from "@/lib/list-address";
import { Refusal } from "@/lib/refusal";

/** What the list of people shows. Addresses are whole only for who may contact people; who took them is known afterwards. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("people.read", async (reading) => {
    const { db, locale, now, policy, staff, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(USERS, searchParams);
    if (state.filters.view === "team" && !staff.permissions.has("staff.read")) throw new Refusal("forbidden");
    const mayContact = staff.permissions.has("people.contact");
    const [t, own, statuses] = await Promise.all([getTranslations("admin.users.columns"), getTranslations("admin.users.csv"), getTranslations("admin.accountStatus")]);
    const search = { ...userSearchOf(state, policy.timeZone), ...tickedIn(searchParams) };
    await noteExport(reading, USERS.key, searchParams, await countUsers(db, search), mayContact);
    const cells: Record<string, (user: StaffUserRow) => CsvCell> = {
      name: ({ username }) => username,
      status: ({ status }) => statuses(status),
      level: ({ level }) => (level ? inLanguage(locale, level.name, level.nameEn) : ""),
      balance: ({ pointsBalance }) => pointsBalance,
      earned: ({ totalPointsEarned }) => totalPointsEarned,
      seen: ({ lastSeenOn }) => lastSeenOn ?? "",
      joined: ({ createdAt }) => formatInstant(locale, createdAt, policy.timeZone),
    };
    return {
      name: `users-${today}`,
      headings: [own("id"), mayContact ? own("email") : own("emailMasked"), ...state.columns.map((column) => t(column as "name"))],
      pages: inChunks(allUserIds(db, search, state.sort), async (some) => {
        const [users, contacts] = await Promise.all([readUsersForStaff(db, some, now), mayContact ? readContacts(db, some) : null]);
        return users.map((user) => [user.id, contacts ? (contacts.get(user.id) ?? "") : user.emailMasked, ...state.columns.map((column) => cells[column]!(user))]);
      }),
    };
  });
