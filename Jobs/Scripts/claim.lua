-- Gives a node the first queued job that it has the memory for.
-- KEYS: 1 queue
-- ARGV: 1 prefix of job keys  2 node  3 fencing token  4 events channel  5 the node's free memory  6 all its memory
-- Answers { id, attempt, spec, trace context, queuedAt, now }, or nil where nothing is queued that it can take now.
-- Which job's key is touched is known only here; it has the queue's hash tag, so it lies in the queue's slot.
local MAX_PASSED_OVER = 100
local passed = 0
local id, job
repeat
  id = redis.call('ZRANGE', KEYS[1], passed, passed)[1]
  if not id or passed == MAX_PASSED_OVER then
    return nil
  end
  job = ARGV[1] .. id
  local memory = tonumber(redis.call('HGET', job, 'memory') or 0)
  local taken = false
  if redis.call('EXISTS', job) == 0 then
    -- an id whose job is gone is dropped: to claim it would make half a job of it
    redis.call('ZREM', KEYS[1], id)
  elseif memory <= tonumber(ARGV[5]) then
    taken = true
  elseif memory <= tonumber(ARGV[6]) then
    -- it fits when others are done; a smaller one that came later must not keep it from that for ever
    return nil
  else
    -- never this node's
    passed = passed + 1
  end
until taken
redis.call('ZREM', KEYS[1], id)

-- what an attempt before it wrote is not part of this one
redis.call('DEL', job .. ':stdout', job .. ':stderr')
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
local attempt = redis.call('HINCRBY', job, 'attempt', 1)
redis.call('HSET', job, 'state', 'Running', 'node', ARGV[2], 'token', ARGV[3], 'startedAt', now)
redis.call('PUBLISH', ARGV[4], id .. ' Running')
local held = redis.call('HMGET', job, 'spec', 'trace', 'queuedAt')
return { id, attempt, held[1], held[2], held[3], now }
