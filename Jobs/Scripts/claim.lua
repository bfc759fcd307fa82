-- Gives the first queued job to a node.
-- KEYS: 1 queue
-- ARGV: 1 prefix of job keys  2 node  3 fencing token  4 events channel
-- Answers { id, attempt, spec, trace context, queuedAt, now }, or nil where nothing is queued.
local first = redis.call('ZPOPMIN', KEYS[1])
if #first == 0 then
  return nil
end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
local job = ARGV[1] .. first[1]
local attempt = redis.call('HINCRBY', job, 'attempt', 1)
redis.call('HSET', job, 'state', 'Running', 'node', ARGV[2], 'token', ARGV[3], 'startedAt', now)
redis.call('PUBLISH', ARGV[4], first[1] .. ' Running')
local held = redis.call('HMGET', job, 'spec', 'trace', 'queuedAt')
return { first[1], attempt, held[1], held[2], held[3], now }
