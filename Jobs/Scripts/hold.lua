-- Tells how a caller stands to a job that it claimed.
-- KEYS: 1 job
-- ARGV: 1 fencing token
-- Answers 'held', 'cancel' where somebody wants it to end, or 'lost'.
local held = redis.call('HMGET', KEYS[1], 'token', 'state', 'cancel')
if held[1] ~= ARGV[1] or held[2] ~= 'Running' then
  return 'lost'
end
return held[3] and 'cancel' or 'held'
