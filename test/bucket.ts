import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { S3Settings } from "@/lib/env";

/** One bucket that speaks S3 over HTTP: PUT, GET, DELETE and ListObjectsV2 with pages, each only with a signature that is right (AWS SigV4). */
export type Bucket = {
  settings: S3Settings;
  objects: Map<string, { bytes: Buffer; type: string; writtenAt: Date }>;
  /** What it answers instead, when it is to be out of order. */
  breakWith: (status: number | null) => void;
  requests: string[];
  close: () => Promise<void>;
};

const PAGE = 3;
const hash = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();

export async function aBucket({ pathStyle = true } = {}): Promise<Bucket> {
  const settings: S3Settings = { region: "test-region-1", bucket: "shop", accessKeyId: "AKIATEST", secretAccessKey: "a secret that only this test knows", pathStyle };
  const objects: Bucket["objects"] = new Map();
  const requests: string[] = [];
  let broken: number | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
      requests.push(`${request.method} ${request.url}`);
      const body = Buffer.concat(chunks);
      if (broken !== null) return void response.writeHead(broken).end(errorXml("SlowDown"));
      if (!isSigned(request, body, settings)) return void response.writeHead(403, { "content-type": "application/xml" }).end(errorXml("SignatureDoesNotMatch"));
      answer(request, response, body, settings.bucket, objects);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  settings.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings, objects, requests,
    breakWith: (status) => void (broken = status),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const errorXml = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;

function answer(request: IncomingMessage, response: ServerResponse, body: Buffer, bucket: string, objects: Bucket["objects"]): void {
  const url = new URL(request.url!, "http://bucket");
  const key = decodeURIComponent(url.pathname).replace(`/${bucket}`, "").replace(/^\//, "");
  const xml = (status: number, text: string) => void response.writeHead(status, { "content-type": "application/xml" }).end(text);
  if (request.method === "PUT") {
    objects.set(key, { bytes: body, type: String(request.headers["content-type"]), writtenAt: new Date() });
    return void response.writeHead(200, { etag: `"${createHash("md5").update(body).digest("hex")}"` }).end();
  }
  if (request.method === "DELETE") {
    objects.delete(key);
    return void response.writeHead(204).end();
  }
  if (url.searchParams.get("list-type") === "2") return xml(200, listXml(url.searchParams, objects));
  const found = objects.get(key);
  if (!found) return xml(404, errorXml("NoSuchKey"));
  response.writeHead(200, { "content-type": found.type, "content-length": found.bytes.length, "last-modified": found.writtenAt.toUTCString() }).end(found.bytes);
}

function listXml(asked: URLSearchParams, objects: Bucket["objects"]): string {
  const prefix = asked.get("prefix") ?? "";
  const after = asked.get("continuation-token") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, PAGE);
  const contents = page.map((key) => `<Contents><Key>${key}</Key><LastModified>${objects.get(key)!.writtenAt.toISOString()}</LastModified><Size>${objects.get(key)!.bytes.length}</Size></Contents>`);
  const more = keys.length > PAGE;
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ""}${contents.join("")}</ListBucketResult>`;
}

/** Works the signature out anew from what came, as AWS describes it, and compares. */
function isSigned(request: IncomingMessage, body: Buffer, { region, accessKeyId, secretAccessKey }: S3Settings): boolean {
  const [, credential, signedHeaders, signature] = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? "") ?? [];
  if (!credential || !signedHeaders) return false;
  const sent = String(request.headers["x-amz-content-sha256"]);
  if (sent !== "UNSIGNED-PAYLOAD" && sent !== hash(body)) return false;
  const at = String(request.headers["x-amz-date"]);
  const scope = `${at.slice(0, 8)}/${region}/s3/aws4_request`;
  if (credential !== `${accessKeyId}/${scope}`) return false;
  const url = new URL(request.url!, "http://bucket");
  const query = [...url.searchParams].map(([name, value]) => `${escape3986(name)}=${escape3986(value)}`).sort().join("&");
  const headers = signedHeaders.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join("");
  const canonical = [request.method, url.pathname, query, headers, signedHeaders, sent].join("\n");
  const key = ["s3", "aws4_request"].reduce(hmac, hmac(hmac(`AWS4${secretAccessKey}`, at.slice(0, 8)), region));
  return hmac(key, ["AWS4-HMAC-SHA256", at, scope, hash(canonical)].join("\n")).toString("hex") === signature;
}

const escape3986 = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
