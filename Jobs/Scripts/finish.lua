-- Ends a job, if the caller holds it.
-- KEYS: 1 job  2 stdout  3 stderr  4 outputs
-- ARGV: 1 id  2 fencing token  3 state  4 result  5 stdout's place  6 the rest of stdout  7 stderr's place
--       8 the rest of stderr  9 events channel  10 output channel  11 the files that it has made, or ''
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
-- where Redis has lost some of what was stored, what follows is kept at its place
redis.call('SETRANGE', KEYS[2], ARGV[5], ARGV[6])
redis.call('SETRANGE', KEYS[3], ARGV[7], ARGV[8])
if ARGV[11] ~= '' then
  redis.call('SET', KEYS[4], ARGV[11])
end
redis.call('HDEL', KEYS[1], 'cancel')
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'result', ARGV[4], 'finishedAt', now)
redis.call('PUBLISH', ARGV[9], ARGV[1] .. ' ' .. ARGV[3])
redis.call('PUBLISH', ARGV[10], '')
return 1
