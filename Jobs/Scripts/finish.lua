-- Ends a job, if the caller holds it.
-- KEYS: 1 job  2 stdout  3 stderr
-- ARGV: 1 id  2 fencing token  3 state  4 result  5 stdout  6 stderr  7 events channel
-- Answers 1, or 0 where the caller does not hold the job any more.
local held = redis.call('HMGET', KEYS[1], 'token', 'state')
if held[1] ~= ARGV[2] then
  return 0
end
if held[2] ~= 'Running' then
  -- the holder has ended it already and asks again, since the answer was lost
  return 1
end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
redis.call('SET', KEYS[2], ARGV[5])
redis.call('SET', KEYS[3], ARGV[6])
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'result', ARGV[4], 'finishedAt', now)
redis.call('PUBLISH', ARGV[7], ARGV[1] .. ' ' .. ARGV[3])
return 1
