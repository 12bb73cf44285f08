-- What reading leans on: how moments compare, and the indexes behind lists, filters and words.

-- The moment a text names, in milliseconds since the epoch; null when it names none. The same grammar, to the letter,
-- as core's parseInstant, because filters in memory and in SQL must agree. (A bare cast would depend on the session's
-- settings, and fail on what is no time.)
create function instant_ms(value text) returns bigint language plpgsql immutable strict parallel safe as $$
declare
  part text[];
  year integer;
  month integer;
  day integer;
  zone integer;
begin
  -- The form nearly everybody writes, where a cast cannot fail: four times faster.
  if value ~ '^(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{3})?Z$' then
    return date_part('epoch', left(value, 23)::timestamp) * 1000;
  end if;
  part := regexp_match(value,
    '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2})(?::?([0-9]{2}))?))?$');
  year := part[1];
  month := part[2];
  day := part[3];
  if part is null or year < 1 or month not between 1 and 12 or day < 1
    or day > date_part('day', make_date(year, month, 1) + interval '1 month - 1 day') then
    return null;
  end if;
  if part[4] is null then
    return (make_date(year, month, day) - date '1970-01-01') * 86400000::bigint;
  end if;
  if part[4] > '23' or part[5] > '59' or part[6] > '60' or part[9] > '15' or part[10] > '59' then
    return null;
  end if;
  zone := (coalesce(part[9], '0')::integer * 60 + coalesce(part[10], '0')::integer)
    * case part[8] when '-' then -60000 else 60000 end;
  return (make_date(year, month, day) - date '1970-01-01') * 86400000::bigint
    + (part[4]::integer * 3600 + part[5]::integer * 60 + part[6]::integer) * 1000::bigint
    + rpad(left(coalesce(part[7], ''), 3), 3, '0')::integer - zone;
end $$;

-- A JSON value as a text, number or boolean, where it is one; null where it is anything else. A cast would fail there.
create function json_text(value jsonb) returns text language sql immutable parallel safe
return case jsonb_typeof(value) when 'string' then value #>> '{}' end;

create function json_number(value jsonb) returns numeric language sql immutable parallel safe
return case jsonb_typeof(value) when 'number' then value::numeric end;

create function json_boolean(value jsonb) returns boolean language sql immutable parallel safe
return case jsonb_typeof(value) when 'boolean' then value::boolean end;

-- A moment as the API writes it: RFC 3339, UTC, milliseconds.
create function rfc3339(moment timestamptz) returns text language sql stable parallel safe
return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- What words are searched in: small letters, and a space before every word, so that a word's beginning can be asked for.
create function search_words(words text) returns text language sql immutable strict parallel safe
return ' ' || translate(lower(words collate "default"), '-_./:@+=\', '         ');

-- How titles and other texts sort: without regard to case, and by their beginning, because an index takes no more.
create function sort_text(words text) returns text language sql immutable strict parallel safe
return left(lower(words collate "default"), 128);

-- The orders of lists that people ask for most. Other orders get an index of their own when pages in them are slow.
create index entity_title on entity (blueprint_id, sort_text(coalesce(title, identifier)) collate "C", identifier);
create index entity_updated on entity (blueprint_id, updated_at desc, identifier);

-- Those indexes, and when somebody last asked for a page in that order. No foreign key: what a deleted blueprint leaves
-- behind has to be found and dropped.
create table order_index (
  name         text primary key,
  blueprint_id integer not null,
  asked_at     timestamptz not null
);

-- Filters. One inverted index answers equality with whatever is rare, in any property, relation or team of any
-- blueprint, without a word of configuration; equality is therefore asked as containment (`@>`). What waits to be put
-- into it is read by every search, so little may wait (kB).
create index entity_values on entity using gin (
  properties jsonb_path_ops, computed jsonb_path_ops, relations jsonb_path_ops, team
) with (gin_pending_list_limit = 512);

-- Words over title and identifier, for the palette and the search page.
create index entity_words on entity using gin (
  search_words(coalesce(title, '') || ' ' || identifier) gin_trgm_ops
) with (gin_pending_list_limit = 512);

-- What each data source wrote, and when: exporters reconcile by it.
create index entity_datasource on entity (datasource, updated_at) where datasource <> '';

-- A bulk load should not leave the planner with the picture of an empty table.
alter table entity set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table relation set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
