-- Accepts a job: idempotency key, job hash, queue, list of all jobs, wake-up, event.
-- KEYS: 1 job  2 queue  3 all  4 idempotency
-- ARGV: 1 id  2 spec  3 trace context  4 trace id or ''  5 idempotency: '' for none  6 the request's fingerprint
--       7 wake channel  8 events channel
-- Answers { id, 'new' | 'same' | 'different' }.
if ARGV[5] ~= '' then
  local known = redis.call('HMGET', KEYS[4], 'id', 'fingerprint')
  if known[1] then
    return { known[1], known[2] == ARGV[6] and 'same' or 'different' }
  end
  redis.call('HSET', KEYS[4], 'id', ARGV[1], 'fingerprint', ARGV[6])
  redis.call('EXPIRE', KEYS[4], 86400)
end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
redis.call('HSET', KEYS[1], 'spec', ARGV[2], 'trace', ARGV[3], 'traceId', ARGV[4],
  'state', 'Queued', 'attempt', 0, 'submittedAt', now, 'queuedAt', now)
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('ZADD', KEYS[3], now, ARGV[1])
redis.call('PUBLISH', ARGV[7], ARGV[1])
redis.call('PUBLISH', ARGV[8], ARGV[1] .. ' Queued')
return { ARGV[1], 'new' }
