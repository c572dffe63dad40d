-- A bid: the least that could be called one. One call is one transaction, and durable when it is answered.
create table lot (
  id integer primary key,
  running boolean not null default true,
  ceiling bigint not null,
  best bigint,
  leader integer
);
create table bid (
  seq bigint generated always as identity primary key,
  lot integer not null,
  bidder integer not null,
  price bigint not null,
  at timestamptz not null
);
create function place_bid(lot_id integer, bidder_id integer, offered bigint) returns bigint language plpgsql as $$
declare
  held lot%rowtype;
  place bigint;
begin
  -- Whoever bids in the same lot waits here until this transaction is durable: that is what an order costs.
  select * into held from lot where id = lot_id for update;
  if not found or not held.running or offered <= 0 or offered > held.ceiling then
    return null;
  end if;
  insert into bid (lot, bidder, price, at) values (lot_id, bidder_id, offered, clock_timestamp()) returning seq into place;
  if held.best is null or offered < held.best then
    update lot set best = offered, leader = bidder_id where id = lot_id;
  end if;
  perform pg_notify('bids', lot_id || ' ' || offered);
  return place;
end
$$;
