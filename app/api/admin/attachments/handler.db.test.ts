import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sharp from "sharp";
import { expect, test } from "vitest";

import { permissionsOf } from "@/lib/accounts/permission";
import { findSession, type Person } from "@/lib/accounts/queries";
import { requestAdjustment } from "@/lib/adjustments/commands";
import { findAttachment } from "@/lib/adjustments/queries";
import { db } from "@/db/client";
import { attachmentAnswer, DOCUMENT_MAX } from "@/lib/attachment-files";
import { sweepAttachments } from "@/lib/jobs/sweep-attachments";
import { perform } from "@/lib/perform";
import { diskStorage } from "@/lib/storage";
import { rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { aToken, aUser, withPolicy } from "@/test/world";

import { uploadAttachment, type UploadedAttachment } from "./handler";

const HOME = { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };
const aPdf = (size = 1_000): Buffer => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(size - 9)]);
const aPng = () => sharp({ create: { width: 300, height: 200, channels: 3, background: "#0b6b4e" } }).withExif({ IFD0: { Copyright: "a secret" } }).png().toBuffer();

const personWith = async (role: "shopper" | "staff"): Promise<Person> => (await findSession(await aToken(await aUser({ role }))))!;

type Sending = { body: BodyInit; type?: string; person?: Person | null; headers?: Record<string, string> };

async function send({ body, type = "application/pdf", person, headers = {} }: Sending): Promise<{ status: number; body: Partial<UploadedAttachment> & { code?: string } }> {
  const request = new Request("http://localhost:3000/api/admin/attachments", { method: "POST", body, headers: { ...HOME, "content-type": type, ...headers }, duplex: "half" } as RequestInit);
  const answer = await withPolicy({ secondFactor: "optional" }, async () => uploadAttachment(request, { person: person === undefined ? await personWith("staff") : person, locale: "en" }));
  return { status: answer.status, body: (await answer.json()) as never };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "attachments-"));
  try {
    return await withSettings({ STORAGE_DIR: folder }, () => work(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a PDF is kept as it came, a picture is encoded anew without what the camera wrote", async () => {
  await inFolder(async (folder) => {
    const [pdf, picture] = [aPdf(), await aPng()];
    const kept = await send({ body: new Uint8Array(pdf) });
    expect([kept.status, kept.body.type, kept.body.key]).toEqual([201, "application/pdf", expect.stringMatching(/^attachments\/[0-9a-f]{32}\.pdf$/)]);
    expect(Buffer.from((await diskStorage(folder).get(kept.body.key!))!)).toEqual(pdf);
    const seen = await send({ body: new Uint8Array(picture), type: "image/png" });
    expect([seen.status, seen.body.type]).toEqual([201, "image/webp"]);
    const { format, exif, width } = await sharp((await diskStorage(folder).get(seen.body.key!))!).metadata();
    expect([format, exif, width]).toEqual(["webp", undefined, 300]);
  });
});

test("what it is called decides nothing: other files, pages and scripts are refused, and so are large documents", async () => {
  await inFolder(async (folder) => {
    for (const text of ["<html><script>1</script>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "MZ", " %PDF-1.7", ""]) expect(await send({ body: text, type: "application/pdf" })).toMatchObject({ status: 400, body: { code: "attachment_unreadable" } });
    expect(await send({ body: "%PDF-1.7", type: "text/html" })).toMatchObject({ status: 415 });
    expect(await send({ body: new Uint8Array(aPdf(DOCUMENT_MAX)) })).toMatchObject({ status: 201 });
    expect(await send({ body: new Uint8Array(aPdf(DOCUMENT_MAX + 1)) })).toMatchObject({ status: 413 });
    expect(await readdir(join(folder, "attachments"))).toHaveLength(1);
  });
});

test("only who may ask for adjustments uploads, from the shop's own pages", async () => {
  await inFolder(async () => {
    const body = new Uint8Array(aPdf());
    expect(await send({ body, person: null })).toMatchObject({ status: 401 });
    expect(await send({ body, person: await personWith("shopper") })).toMatchObject({ status: 403 });
    const analyst = await personWith("staff");
    const reader = { ...analyst, staff: { ...analyst.staff!, permissions: permissionsOf("staff", { builtIn: "analyst", permissions: [] }) } };
    expect(await send({ body, person: reader })).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await send({ body, headers: { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" } })).toMatchObject({ status: 403, body: { code: "foreign_origin" } });
  });
});

test("it is only ever saved: in no frame, with no script, under no other type", () => {
  const { headers } = attachmentAnswer(new Uint8Array(aPdf()), "application/pdf", "adjustment-x");
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "application/pdf", "content-disposition": 'attachment; filename="adjustment-x.pdf"', "x-content-type-options": "nosniff", "cache-control": "private, no-store",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
  });
});

test("what no adjustment names a day later is swept, and what one names stays", async () => {
  await inFolder(async (folder) => {
    const [lin, wei] = [await aUser(), await aUser({ role: "staff" })];
    const [used, left, fresh] = [await send({ body: new Uint8Array(aPdf()) }), await send({ body: new Uint8Array(aPdf()) }), await send({ body: new Uint8Array(aPdf()) })];
    const { adjustmentId } = await perform(wei.actor, (ctx) => requestAdjustment(ctx, { userId: lin.id, points: 5, reason: "other", note: "proof", expiresOn: null, attachmentKey: used.body.key! }));
    expect(await findAttachment(db(), adjustmentId)).toEqual({ key: used.body.key, type: "application/pdf" });
    const old = new Date(Date.now() - 2 * 86_400_000);
    for (const { body } of [used, left]) await utimes(join(folder, body.key!), old, old);
    expect(await sweepAttachments(new Date(), Date.now() + 20_000, diskStorage(folder))).toBe(1);
    expect((await readdir(join(folder, "attachments"))).sort()).toEqual([used, fresh].map(({ body }) => body.key!.split("/")[1]!).sort());
    await rows("UPDATE adjustments SET attachment_key = NULL, attachment_type = NULL WHERE public_id = ?", [adjustmentId]);
    expect(await findAttachment(db(), adjustmentId)).toBeNull();
  });
});
