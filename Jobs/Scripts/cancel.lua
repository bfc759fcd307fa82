-- Cancels a job: a queued one at once; a running one is for its node to end, unless it is to be ended without.
-- KEYS: 1 job  2 queue
-- ARGV: 1 id  2 '1' to end it without its node  3 result  4 events channel  5 cancel channel
-- Answers the state that it is in now; nil where there is no such job.
local state = redis.call('HGET', KEYS[1], 'state')
if state == 'Running' and ARGV[2] ~= '1' then
  redis.call('HSET', KEYS[1], 'cancel', '1')
  redis.call('PUBLISH', ARGV[5], ARGV[1])
  return state
end
if state ~= 'Running' and state ~= 'Queued' and state ~= 'Scheduled' then
  return state
end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
redis.call('ZREM', KEYS[2], ARGV[1])
-- without its token, whoever held it can write no more
redis.call('HDEL', KEYS[1], 'token', 'cancel')
redis.call('HSET', KEYS[1], 'state', 'Cancelled', 'result', ARGV[3], 'finishedAt', now)
redis.call('PUBLISH', ARGV[5], ARGV[1])
redis.call('PUBLISH', ARGV[4], ARGV[1] .. ' Cancelled')
return 'Cancelled'
