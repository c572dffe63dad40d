-- A bid: the least that could be called one. KEYS: the lot, its ranking, its bids. ARGV: bidder, price in fen, lot.
-- Answers 1 and the place in the stream, or 0 and why not. Everything in one script, so nothing comes between.
local lot = redis.call('HMGET', KEYS[1], 'state', 'ceiling', 'best')
if lot[1] ~= 'running' then return {0, 'CLOSED'} end
local price = tonumber(ARGV[2])
if price <= 0 or price > tonumber(lot[2]) then return {0, 'ABOVE_CEILING'} end
redis.call('ZADD', KEYS[2], 'LT', price, ARGV[1])
local place = redis.call('XADD', KEYS[3], '*', 'bidder', ARGV[1], 'price', ARGV[2])
if not lot[3] or price < tonumber(lot[3]) then redis.call('HSET', KEYS[1], 'best', ARGV[2], 'leader', ARGV[1]) end
redis.call('PUBLISH', 'bids', ARGV[3] .. ' ' .. ARGV[2])
return {1, place}
