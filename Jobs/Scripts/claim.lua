-- Gives the first queued job to a node.
-- KEYS: 1 queue
-- ARGV: 1 prefix of job keys  2 node  3 fencing token  4 events channel
-- Answers { id, attempt, spec, trace context, queuedAt, now }, or nil where nothing is queued.
-- Which job's key is touched is known only here; it has the queue's hash tag, so it lies in the queue's slot.
local id, job
repeat
  id = redis.call('ZPOPMIN', KEYS[1])[1]
  if not id then
    return nil
  end
  job = ARGV[1] .. id
  -- an id whose job is gone is dropped: to claim it would make half a job of it
until redis.call('EXISTS', job) == 1

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
local attempt = redis.call('HINCRBY', job, 'attempt', 1)
redis.call('HSET', job, 'state', 'Running', 'node', ARGV[2], 'token', ARGV[3], 'startedAt', now)
redis.call('PUBLISH', ARGV[4], id .. ' Running')
local held = redis.call('HMGET', job, 'spec', 'trace', 'queuedAt')
return { id, attempt, held[1], held[2], held[3], now }
