-- How far each publisher of the log has come: everything up to here was taken over by its broker.
-- One replica at a time publishes, under an advisory lock; a position never goes back.

CREATE TABLE log.publisher_position (
    publisher text        COLLATE "C" NOT NULL PRIMARY KEY,
    position  bigint      NOT NULL CHECK (position >= 0),
    noted_at  timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE ON log.publisher_position TO "${application_role}";
