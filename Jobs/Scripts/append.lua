-- Appends to what a running job has written, if the caller holds it. To ask again is safe: each piece has its place.
-- KEYS: 1 job  2 stdout or stderr
-- ARGV: 1 fencing token  2 the place  3 the bytes  4 output channel
-- Answers how many bytes are stored, or -1 where the caller does not hold the job any more. Less than the piece's end where
-- Redis has lost some: then the piece is not stored either, and the caller goes on from there.
local held = redis.call('HMGET', KEYS[1], 'token', 'state')
if held[1] ~= ARGV[1] or held[2] ~= 'Running' then
  return -1
end

local stored = redis.call('STRLEN', KEYS[2])
if stored < tonumber(ARGV[2]) then
  return stored
end
redis.call('SETRANGE', KEYS[2], ARGV[2], ARGV[3])
redis.call('PUBLISH', ARGV[4], '')
return redis.call('STRLEN', KEYS[2])
