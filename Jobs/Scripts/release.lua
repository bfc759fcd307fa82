-- Puts a job back where it was, as if it had never been taken: its node stops.
-- KEYS: 1 job  2 queue
-- ARGV: 1 id  2 fencing token  3 wake channel  4 events channel
-- Answers 1, or 0 where the caller does not hold the job any more, or somebody has cancelled it.
local held = redis.call('HMGET', KEYS[1], 'token', 'state', 'queuedAt', 'cancel')
if held[1] ~= ARGV[2] or held[2] ~= 'Running' or held[4] then
  return 0
end

redis.call('HDEL', KEYS[1], 'token', 'node', 'startedAt')
redis.call('HINCRBY', KEYS[1], 'attempt', -1)
redis.call('HSET', KEYS[1], 'state', 'Queued')
-- its old place: by the time it was queued, so in front of what came after it
redis.call('ZADD', KEYS[2], held[3], ARGV[1])
redis.call('PUBLISH', ARGV[3], ARGV[1])
redis.call('PUBLISH', ARGV[4], ARGV[1] .. ' Queued')
return 1
