import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import sharp from "sharp";
import { expect, test } from "vitest";

import { findSession, type Person } from "@/lib/accounts/queries";
import { PICTURE_WIDTHS } from "@/lib/catalog/pictures/rendition";
import { answerPicture } from "@/lib/picture-answer";
import { UPLOAD_MAX } from "@/lib/picture-files";
import { count, rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { withSettings } from "@/test/settings";
import { aToken, aUser, eventsAbout } from "@/test/world";

import { uploadPicture, type UploadedPicture } from "./handler";

const HOME = { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };
const aPng = (width = 700, height = 500) => sharp({ create: { width, height, channels: 3, background: "#0b6b4e" } }).png().toBuffer();

async function personWith(role: "shopper" | "staff" | "owner"): Promise<Person> {
  return (await findSession(await aToken(await aUser({ role }))))!;
}

type Sending = { body: BodyInit | null; headers?: Record<string, string>; person?: Person | null; locale?: "en" | "zh-CN" };

async function send({ body, headers = {}, person, locale = "en" }: Sending): Promise<{ status: number; body: Partial<UploadedPicture> & { code?: string; error?: string } }> {
  const request = new Request("http://localhost:3000/api/admin/pictures", { method: "POST", body, headers: { ...HOME, "content-type": "image/png", ...headers }, duplex: "half" } as RequestInit);
  const answer = await uploadPicture(request, { person: person === undefined ? await personWith("staff") : person, locale });
  return { status: answer.status, body: (await answer.json()) as never };
}

const pictures = () => count("SELECT COUNT(*) FROM pictures");
const look = (id: string, file: string, headers = {}) => answerPicture(new Request("http://shop/", { headers }), id, file);

test("staff uploads a picture, and anybody with its address sees it in every width it is kept in", async () => {
  const { status, body } = await send({ body: new Uint8Array(await aPng()) });
  expect([status, body.width, body.height, body.id?.length]).toEqual([201, 700, 500, 22]);
  const shown = await Promise.all(PICTURE_WIDTHS.map((width) => look(body.id!, `${width}.webp`)));
  expect(shown.map((answer) => [answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control"), answer.headers.get("x-content-type-options")])).toEqual(
    PICTURE_WIDTHS.map(() => [200, "image/webp", "public, max-age=31536000, immutable", "nosniff"]));
  const widths = await Promise.all(shown.map(async (answer) => (await sharp(await answer.arrayBuffer()).metadata()).width));
  expect(widths).toEqual([320, 640, 700]);
  expect(await eventsAbout("picture" as "product", body.id!)).toMatchObject([{ name: "picture.added", data: { width: 700, height: 500 } }]);
  const [row] = await rows<{ bytes: number; unused_since: Date | null }>("SELECT bytes, unused_since FROM pictures WHERE public_id = ?", [body.id!]);
  expect([row!.bytes > 100, row!.unused_since === null]).toEqual([true, false]);
});

test("a browser that has it asks again and gets nothing sent, as it never changes", async () => {
  const { body } = await send({ body: new Uint8Array(await aPng()) });
  const tag = (await look(body.id!, "320.webp")).headers.get("etag")!;
  expect((await look(body.id!, "320.webp", { "if-none-match": tag })).status).toBe(304);
});

test.each([["another width", "999.webp"], ["another format", "320.png"], ["no file", ""], ["a way out", "../320.webp"]])("%s is not there", async (_, file) => {
  const { body } = await send({ body: new Uint8Array(await aPng()) });
  const answer = await look(body.id!, file);
  expect([answer.status, answer.headers.get("cache-control"), answer.headers.get("x-content-type-options")]).toEqual([404, "no-store", "nosniff"]);
});

test.each(["A".repeat(22), "../../../etc/passwd", "mug", "", "A".repeat(23), "ab%2f..%2f..%2f..%2f.env"])("the id %j leads nowhere", async (id) => {
  expect((await look(id, "320.webp")).status).toBe(404);
});

test("a small picture is not there in widths it was never kept in", async () => {
  const { body } = await send({ body: new Uint8Array(await aPng(100, 100)) });
  expect([(await look(body.id!, "320.webp")).status, (await look(body.id!, "640.webp")).status]).toEqual([200, 404]);
});

test("shoppers, guests and pages of other sites upload nothing", async () => {
  const before = await pictures();
  const body = new Uint8Array(await aPng());
  expect((await send({ body, person: null })).body.code).toBe("not_signed_in");
  expect((await send({ body, person: await personWith("shopper") })).body.code).toBe("forbidden");
  expect((await send({ body, headers: { "sec-fetch-site": "cross-site" } })).body.code).toBe("foreign_origin");
  expect((await send({ body, headers: { "sec-fetch-site": "", origin: "https://evil.example" } })).body.code).toBe("foreign_origin");
  expect(await pictures()).toBe(before);
});

test("a form with a file in it is read as well", async () => {
  const form = new FormData();
  form.set("note", "the mug");
  form.set("file", new File([new Uint8Array(await aPng(400, 300))], "../../etc/passwd.php", { type: "application/x-php" }));
  const sent = new Request("http://shop/", { method: "POST", body: form });
  const { status, body } = await send({ body: await sent.arrayBuffer(), headers: { "content-type": sent.headers.get("content-type")! } });
  expect([status, body.width]).toEqual([201, 400]);
});

test("what is no picture is refused by what it is, whatever it says it is, in the reader's language", async () => {
  const before = await pictures();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  for (const body of [svg, "%PDF-1.7", "<html>", ""]) {
    expect((await send({ body, headers: { "content-type": "image/png" } })).body).toMatchObject({ code: "picture_unreadable" });
  }
  expect(await send({ body: svg, locale: "zh-CN" })).toMatchObject({ status: 400, body: { error: expect.stringMatching(/\p{Script=Han}.*。$/u) as string } });
  expect((await send({ body: svg, headers: { "content-type": "text/html" } })).body.code).toBe("unsupported_media_type");
  expect((await send({ body: "--x--", headers: { "content-type": "multipart/form-data; boundary=y" } })).body.code).toBe("invalid_input");
  expect(await pictures()).toBe(before);
});

test("more than ten megabytes are refused by their length, and counted where it is not told", async () => {
  expect((await send({ body: null, headers: { "content-length": String(UPLOAD_MAX + 1) } })).status).toBe(413);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1_000_000;
      controller.enqueue(new Uint8Array(1_000_000));
    },
  });
  expect(await send({ body: endless })).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  expect(sent).toBeLessThan(UPLOAD_MAX + 3_000_000);
});

test("a disk that cannot be written is said in the log and to the person, and leaves no row", async () => {
  expectErrors();
  const folder = await mkdtemp(join(tmpdir(), "full-"));
  await writeFile(join(folder, "pictures"), "a file where the folder should be");
  const before = await pictures();
  await withSettings({ STORAGE_DIR: folder }, async () => {
    expect(await send({ body: new Uint8Array(await aPng()) })).toMatchObject({ status: 503, body: { code: "unavailable" } });
  });
  expect(await pictures()).toBe(before);
  await rm(folder, { recursive: true, force: true });
});
