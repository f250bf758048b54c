-- What the statements of a large institution share. All of it stands in a schema of its
-- own, which goes when the institution is made.
DROP SCHEMA IF EXISTS large CASCADE;
CREATE SCHEMA large;

-- A number from 0 up to 1 that looks drawn and is always the same for the same key.
CREATE FUNCTION large.luck(key bigint, about bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ((hashint8extended(key, about) >> 11) & 4503599627370495)::float8 / 4503599627370496
$$;
-- One of a list.
CREATE FUNCTION large.pick(list text[], luck float8) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT list[1 + floor(luck * cardinality(list))::integer]
$$;

-- The serial of a certificate, as certificates.newSerial writes it: ten symbols of
-- Crockford's base 32 and a check symbol. Another number gives another serial.
CREATE FUNCTION large.serial(number bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'AW-' || substr(s, 1, 5) || '-' || substr(s, 6) || '-' || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', total % 32 + 1, 1)
    FROM (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', v + 1, 1), '' ORDER BY i) AS s, sum((2 * i + 1) * v)::integer AS total
          FROM (SELECT i, (((number * 1736542183451) >> (5 * i)) & 31)::integer AS v FROM generate_series(0, 9) i) symbols) serial
$$;

-- The first number of a block of ids, which nobody else gets.
CREATE FUNCTION large.block(of regclass, many bigint) RETURNS bigint LANGUAGE sql AS $$
    SELECT setval(sequence, nextval(sequence) + many) - many FROM (SELECT pg_get_serial_sequence(of::text, 'id')::regclass AS sequence) s
$$;

-- What every statement asks for: how many, since when, in whose names.
CREATE TABLE large.plan (
    people integer, years integer, regions integer, branches integer, began timestamptz, today timestamptz,
    hr bigint, compliance bigint, desk bigint, rule_set bigint, institution text, verify text,
    surnames text[], given text[], positions text[], channels text[], products text[], causes text[]
);
