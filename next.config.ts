import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];
const overHttps = [{ key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" }];
// No page of ours: nothing in an answer of the API, or in a picture that is opened by itself, may load or run anything.
const inert = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }];
const illustrations = [{ key: "Cache-Control", value: "public, max-age=86400, stale-while-revalidate=604800" }];

const nextConfig: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks types; a shop that starts does not check them again.
  typescript: { ignoreBuildErrors: true },
  typedRoutes: true,
  reactCompiler: true,
  agentRules: false,
  // What is kept of the catalogue is kept in memory: on disk it would outlive the database it was read from, and anybody's searches would fill it.
  // A file of ten thousand rows with a note each comes by an action; the action itself counts its bytes.
  experimental: { serverActions: { bodySizeLimit: "4mb" }, authInterrupts: true, agentUpgrade: false, isrFlushToDisk: false },
  serverExternalPackages: ["@node-rs/argon2", "mysql2", "pino", "ioredis", "@aws-sdk/client-s3", "stripe", "alipay-sdk", "wechatpay-axios-plugin"],
  // Pictures are our own SVG files, and uploads in the widths that are shown: no optimiser runs, so its endpoint has nothing to decode.
  images: { unoptimized: true },
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    // Staff scans pick-up codes with the phone's camera. A document keeps what it was loaded with, so every page that leads there allows it.
    { source: "/admin/:path*", headers: [{ key: "Permissions-Policy", value: "camera=(self), microphone=(), geolocation=(), payment=(), usb=()" }] },
    { source: "/:path*", has: [{ type: "header", key: "x-forwarded-proto", value: "https" }], headers: overHttps },
    { source: "/api/:path*", headers: inert },
    // Illustrations of ours may change with a release; what staff uploads says for itself how long it holds.
    { source: "/pictures/:file([a-z0-9-]+\\.svg)", headers: illustrations },
    { source: "/pictures/:path*", headers: inert },
  ],
};

export default createNextIntlPlugin("./i18n/request.ts")(nextConfig);
