-- Accepts a job: idempotency key, job hash, queue, list of all jobs, wake-up, event.
-- KEYS: 1 job  2 queue  3 all  4 idempotency  5 nodes
-- ARGV: 1 id  2 spec  3 trace context  4 trace id or ''  5 idempotency: '' for none  6 the request's fingerprint
--       7 wake channel  8 events channel  9 bytes of a node's memory that the job may take
--       10 microseconds after which a silent node is gone
-- Answers { id, 'new' | 'same' | 'different' }, or { the most that a node has, 'excessive' }.
if ARGV[5] ~= '' then
  local known = redis.call('HMGET', KEYS[4], 'id', 'fingerprint')
  if known[1] then
    return { known[1], known[2] == ARGV[6] and 'same' or 'different' }
  end
end

local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local largest = nil
local nodes = redis.call('HGETALL', KEYS[5])
for i = 2, #nodes, 2 do
  local seen, memory = string.match(nodes[i], '^(%d+) (%d+)')
  if micros - tonumber(seen) < tonumber(ARGV[10]) then
    largest = math.max(largest or 0, tonumber(memory))
  end
end
-- where there is no node at all, one may yet come
if largest and tonumber(ARGV[9]) > largest then
  return { string.format('%.0f', largest), 'excessive' }
end

if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[4], 'id', ARGV[1], 'fingerprint', ARGV[6])
  redis.call('EXPIRE', KEYS[4], 86400)
end

local now = string.format('%.0f', micros)
redis.call('HSET', KEYS[1], 'spec', ARGV[2], 'trace', ARGV[3], 'traceId', ARGV[4],
  'memory', ARGV[9], 'state', 'Queued', 'attempt', 0, 'submittedAt', now, 'queuedAt', now)
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('ZADD', KEYS[3], now, ARGV[1])
redis.call('PUBLISH', ARGV[7], ARGV[1])
redis.call('PUBLISH', ARGV[8], ARGV[1] .. ' Queued')
return { ARGV[1], 'new' }
