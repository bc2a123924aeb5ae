import "server-only";

import type { S3Settings } from "./env";
import { assertKey, type Storage, type StoredFile } from "./storage";

const CONNECT_MS = 3_000;
/** A picture is a few hundred kilobytes: who takes longer than this is out of order. */
const ANSWER_MS = 15_000;
const TRIES = 3;
const LIST_PAGES_MAX = 10_000;

/** Objects of a bucket, of S3 or of anything that speaks its protocol. */
export async function s3Storage({ endpoint, region, bucket, accessKeyId, secretAccessKey, pathStyle }: S3Settings): Promise<Storage> {
  // Loaded here: the client is large, and most shops keep their pictures on a disk.
  const { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({
    endpoint, region, forcePathStyle: pathStyle, credentials: { accessKeyId, secretAccessKey }, maxAttempts: TRIES,
    // Newer checksums are unknown to many servers that speak the protocol; the signature covers the body as it is.
    requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });

  async function* objectsUnder(prefix: string): AsyncGenerator<StoredFile> {
    let token: string | undefined;
    for (let page = 0; page < LIST_PAGES_MAX; page++) {
      const { Contents = [], NextContinuationToken } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
      for (const { Key, LastModified } of Contents) if (Key && LastModified) yield { key: Key, writtenAt: LastModified };
      if (!NextContinuationToken) return;
      token = NextContinuationToken;
    }
  }

  return {
    async put(key, bytes, contentType) {
      assertKey(key);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType, ContentLength: bytes.byteLength }));
    },
    async get(key) {
      assertKey(key);
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body ? new Uint8Array(await Body.transformToByteArray()) : null;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    async delete(key) {
      assertKey(key);
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    list: objectsUnder,
  };
}
