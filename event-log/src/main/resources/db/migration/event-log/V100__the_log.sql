-- The log: one row an event, one order for everything, never changed.
-- docs/reference/log-format.md says how each row proves itself and all rows before it.

CREATE SCHEMA IF NOT EXISTS log;

-- Only NOT NULL is checked here: PostgreSQL prepares every CHECK anew for each INSERT, which made an
-- append an eighth dearer, and the chain of hashes proves more.
CREATE TABLE log.event (
    position    bigint      NOT NULL PRIMARY KEY, -- 1, 2, 3 … without gaps; who takes the next one has appended
    id          uuid        NOT NULL,
    stream      text        COLLATE "C" NOT NULL, -- containment/C-7F3K9QX
    sequence    bigint,                           -- 0, 1, 2 … in its stream; null for telemetry
    name        text        COLLATE "C" NOT NULL, -- containment.requested
    revision    integer     NOT NULL,
    payload     bytea       NOT NULL,             -- JSON in UTF-8, byte for byte as it was hashed
    valid_at    timestamptz NOT NULL,             -- when it happened
    recorded_at timestamptz NOT NULL,             -- when the log took it
    actor       text        COLLATE "C" NOT NULL,
    surface     text        COLLATE "C" NOT NULL,
    correlation uuid        NOT NULL,
    causation   uuid        NOT NULL,
    command_key text        COLLATE "C",          -- on the first event of a command that had one
    hash        bytea       NOT NULL              -- SHA-256
);

-- An event is taken once, whoever repeats it.
CREATE UNIQUE INDEX event_id_once ON log.event (id);

-- Two who decide on the same state of a stream at the same time: one of them.
CREATE UNIQUE INDEX event_sequence_once ON log.event (stream, sequence);

-- A request is answered by the same decision for ever. Telemetry has no key.
CREATE UNIQUE INDEX event_command_key_once ON log.event (actor, command_key)
    WHERE command_key IS NOT NULL;

-- Where the log ended a moment ago, noted about once a second beside the appends: whoever cuts off
-- more than that is found.
CREATE TABLE log.checkpoint (
    one      boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
    position bigint  NOT NULL,
    hash     bytea   NOT NULL
);

INSERT INTO log.checkpoint (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- For people in psql.
CREATE VIEW log.readable AS
SELECT position,
       recorded_at,
       valid_at,
       stream,
       sequence,
       name,
       revision,
       actor,
       surface,
       convert_from(payload, 'UTF8')::json AS event,
       correlation,
       causation,
       command_key,
       id,
       encode(hash, 'hex') AS hash
FROM log.event;

-- Not even the owner changes the past by accident; whoever switches the triggers off is found by
-- the chain of hashes.
CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log is append-only: % on %.% is refused. Correct by appending a new event.',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON log.event
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

CREATE TRIGGER always_there
    BEFORE DELETE OR TRUNCATE ON log.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

GRANT USAGE ON SCHEMA log TO "${application_role}";
GRANT SELECT, INSERT ON log.event TO "${application_role}";
GRANT SELECT ON log.readable TO "${application_role}";
GRANT SELECT, UPDATE ON log.checkpoint TO "${application_role}";
