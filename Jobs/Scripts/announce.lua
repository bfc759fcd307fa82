-- Tells that a node lives and what it has, or that it stops.
-- KEYS: 1 nodes
-- ARGV: 1 node  2 its memory for jobs, or '' where it stops  3 microseconds after which a silent node is gone
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  return
end

local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local nodes = redis.call('HGETALL', KEYS[1])
for i = 1, #nodes, 2 do
  if micros - tonumber(string.match(nodes[i + 1], '^%d+')) >= tonumber(ARGV[3]) then
    redis.call('HDEL', KEYS[1], nodes[i])
  end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', micros) .. ' ' .. ARGV[2])
