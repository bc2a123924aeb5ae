export type RedisServer = { binary: string; command: string[] };
export function findRedisServer(): Promise<RedisServer | null>;
export function startRedis(plan: { dir: string; server: RedisServer; profile: "throwaway" | "durable" | "kept" }): Promise<{ url: string; port: number }>;
