/**
 * What the gate asks of Redis, in Lua, so that a set of requests is judged at once and nothing comes between.
 * KEYS of a sale: its tokens (a hash), what each person was admitted for (a hash), who is inside (a sorted set by when they count as lost).
 * A member is `person:digest of the key:pieces`.
 */
const NOW = "local time = redis.call('TIME'); local now = time[1] * 1000 + math.floor(time[2] / 1000)";

/** Each request's verdict is a number. */
export const ADMITTED = 1;
export const TO_MYSQL = 2;
export const NONE_LEFT = 3;
export const LIMIT_REACHED = 4;
/** No token is left, but some who are inside may not keep theirs. */
export const NONE_FREE = 5;

/**
 * ARGV: for how long a request may be inside, then member, person and pieces of each request. Returns a verdict for each, or nothing when
 * the sale is not known here. A request that is inside already is not counted again; fewer tokens than it asks for are MySQL's to judge.
 */
export const ADMIT = `
${NOW}
local sale = redis.call('HMGET', KEYS[1], 'left', 'limit', 'until')
if not sale[1] then return {} end
local left, limit = tonumber(sale[1]), tonumber(sale[2])
local first, verdicts = left, {}
for at = 2, #ARGV, 3 do
  local member, person, pieces = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local verdict = ${ADMITTED}
  if redis.call('ZSCORE', KEYS[3], member) then verdict = ${TO_MYSQL}
  elseif limit > 0 and tonumber(redis.call('HGET', KEYS[2], person) or '0') + pieces > limit then verdict = ${LIMIT_REACHED}
  elseif left <= 0 then
    verdict = ${NONE_LEFT}
    if redis.call('ZCARD', KEYS[3]) > 0 then verdict = ${NONE_FREE} end
  elseif left < pieces then verdict = ${TO_MYSQL}
  else
    left = left - pieces
    redis.call('HINCRBY', KEYS[2], person, pieces)
    redis.call('ZADD', KEYS[3], now + tonumber(ARGV[1]), member)
  end
  verdicts[#verdicts + 1] = verdict
end
if left ~= first then
  redis.call('HSET', KEYS[1], 'left', left)
  redis.call('PEXPIREAT', KEYS[2], sale[3])
  redis.call('PEXPIREAT', KEYS[3], sale[3])
end
return verdicts`;

/** Of those who come out: `sold` keeps the token, `back` returns it, `none` says that MySQL has none left. */
export type Outcome = "sold" | "back" | "none";

/** ARGV: member and outcome of each. Whoever is not inside any more changes nothing. */
export const LEAVE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
for at = 1, #ARGV, 2 do
  local member, outcome = ARGV[at], ARGV[at + 1]
  if redis.call('ZREM', KEYS[3], member) == 1 and outcome ~= 'sold' then
    local person, pieces = string.match(member, '^(%d+):[^:]*:(%d+)$')
    redis.call('HINCRBY', KEYS[2], person, -pieces)
    if outcome == 'back' then redis.call('HINCRBY', KEYS[1], 'left', pieces) end
  end
  if outcome == 'none' then redis.call('HSET', KEYS[1], 'left', 0) end
end
return 1`;

/**
 * Sets the tokens to what MySQL has less what those inside may take; who is inside for too long counts as lost.
 * ARGV: MySQL's stock, the limit a person, when the keys may be forgotten. A count that is one off for a moment admits somebody
 * whom MySQL refuses, or lets somebody wait for the next correction: never more.
 */
export const CORRECT = `
${NOW}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now)) do
  local person, pieces = string.match(member, '^(%d+):[^:]*:(%d+)$')
  redis.call('ZREM', KEYS[3], member)
  redis.call('HINCRBY', KEYS[2], person, -pieces)
end
local inside = 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do inside = inside + tonumber(string.match(member, ':(%d+)$')) end
local left = math.max(0, tonumber(ARGV[1]) - inside)
redis.call('HSET', KEYS[1], 'left', left, 'limit', ARGV[2], 'until', ARGV[3])
for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, ARGV[3]) end
return left`;

/** Whether it is worth asking again: a token is free, or all who were inside came out. An unknown sale is MySQL's to judge. */
export const SETTLED = `
local left = redis.call('HGET', KEYS[1], 'left')
if not left or tonumber(left) > 0 or redis.call('ZCARD', KEYS[3]) == 0 then return 1 end
return 0`;

/** A person whom MySQL counts otherwise. ARGV: the person, their pieces. */
export const COUNT_PERSON = "return redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])";

/** Says that a process is there. ARGV: its name, for how long it is believed. Returns how many are there. */
export const GREET = `
${NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])`;
