-- The views: what can be seen, worked out from the log and at any time from the log again.
--
-- Every row belongs to a generation. One generation is served; a rebuild fills the next one beside
-- it, from position 0, and takes its place when it has caught up.

CREATE SCHEMA IF NOT EXISTS views;

CREATE TABLE views.projection (
    generation integer     NOT NULL PRIMARY KEY,
    version    integer     NOT NULL,                         -- of the code that fills it
    position   bigint      NOT NULL CHECK (position >= 0),   -- everything up to here is in it
    state      text        COLLATE "C" NOT NULL CHECK (state IN ('SERVING', 'BUILDING', 'RETIRED')),
    started_at timestamptz NOT NULL
);

-- One is served, and at most one is built.
CREATE UNIQUE INDEX projection_one_each ON views.projection (state) WHERE state <> 'RETIRED';

INSERT INTO views.projection (generation, version, position, state, started_at)
VALUES (1, 0, 0, 'SERVING', now());

CREATE TABLE views.containment (
    generation       integer     NOT NULL,
    id               text        COLLATE "C" NOT NULL,
    asked            bigint      NOT NULL,                   -- position of the request
    stage            text        COLLATE "C" NOT NULL,
    effect           text        COLLATE "C" NOT NULL,
    subject          text        NOT NULL,
    peer             text        NOT NULL,
    direction        text        COLLATE "C" NOT NULL,
    ports            text        NOT NULL,
    reason           text        NOT NULL,
    incident         text        NOT NULL,
    requested_by     text        NOT NULL,
    requested_at     timestamptz NOT NULL,
    plan_hash        text        COLLATE "C" NOT NULL,
    approval_because text        NOT NULL,
    lapses_at        timestamptz,
    approved_by      text        NOT NULL,
    ordered_at       timestamptz,
    expires_at       timestamptz,
    ended_at         timestamptz,
    ended_by         text        NOT NULL,
    end_cause        text        COLLATE "C" NOT NULL,
    end_why          text        NOT NULL,
    gap_whats        text[]      NOT NULL,
    gap_whys         text[]      NOT NULL,
    members          integer     NOT NULL,
    fleet            integer     NOT NULL,
    names            text[]      NOT NULL,
    owners           text[]      NOT NULL,
    protected_by     text[]      NOT NULL,
    PRIMARY KEY (generation, id)
);

CREATE INDEX containment_by_stage ON views.containment (generation, stage, asked DESC);
CREATE INDEX containment_latest ON views.containment (generation, asked DESC);

CREATE TABLE views.part (
    generation         integer     NOT NULL,
    containment        text        COLLATE "C" NOT NULL,
    enforcer           text        COLLATE "C" NOT NULL,
    state              text        COLLATE "C" NOT NULL,
    sentence           text        NOT NULL,
    caveats            text[]      NOT NULL,
    sessions_ended     integer     NOT NULL,
    sessions_surviving integer     NOT NULL,
    reported_at        timestamptz NOT NULL,
    PRIMARY KEY (generation, containment, enforcer)
);

CREATE INDEX part_by_enforcer ON views.part (generation, enforcer, state);

CREATE TABLE views.enforcer (
    generation          integer     NOT NULL,
    name                text        COLLATE "C" NOT NULL,
    standing            text        COLLATE "C" NOT NULL,
    version             text        NOT NULL,
    kernel              text        NOT NULL,
    heard_at            timestamptz,
    certificate_ends_at timestamptz,
    since               timestamptz NOT NULL,                -- it stands so since then
    PRIMARY KEY (generation, name)
);

CREATE TABLE views.timeline (
    generation  integer     NOT NULL,
    position    bigint      NOT NULL,
    containment text        COLLATE "C" NOT NULL,            -- empty when it is about something else
    stream      text        COLLATE "C" NOT NULL,
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor       text        NOT NULL,
    surface     text        COLLATE "C" NOT NULL,
    sentence    text        NOT NULL,
    PRIMARY KEY (generation, position)
);

CREATE INDEX timeline_of_containment ON views.timeline (generation, containment, position)
    WHERE containment <> '';
CREATE INDEX timeline_by_time ON views.timeline (generation, recorded_at, position);

CREATE TABLE views.denied_flow (
    generation  integer     NOT NULL,
    containment text        COLLATE "C" NOT NULL,
    fingerprint text        COLLATE "C" NOT NULL,
    enforcer    text        COLLATE "C" NOT NULL,            -- that saw it last
    direction   text        COLLATE "C" NOT NULL,
    protocol    text        NOT NULL,
    peer        text        NOT NULL,
    port        integer     NOT NULL,
    packets     bigint      NOT NULL,
    bytes       bigint      NOT NULL,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    PRIMARY KEY (generation, containment, fingerprint)
);

-- Which batch of each enforcer was counted last, so that one delivered twice counts once.
CREATE TABLE views.flow_source (
    generation integer     NOT NULL,
    enforcer   text        COLLATE "C" NOT NULL,
    boot_id    text        NOT NULL,
    batch      bigint      NOT NULL,
    lost       bigint      NOT NULL,                         -- packets that could not be told apart
    PRIMARY KEY (generation, enforcer)
);

CREATE TABLE views.workload (
    generation  integer     NOT NULL,
    name        text        COLLATE "C" NOT NULL,
    environment text        NOT NULL,
    owner       text        NOT NULL,
    labels      text        NOT NULL,                        -- k=v,k=v
    placements  text        NOT NULL,                        -- JSON, as in the log
    deployed_by text        NOT NULL,
    deployed_at timestamptz NOT NULL,
    PRIMARY KEY (generation, name)
);

-- What could not be read or not be shown, passed by so that the rest goes on.
CREATE TABLE views.parked (
    generation integer     NOT NULL,
    position   bigint      NOT NULL,
    stream     text        NOT NULL,
    why        text        NOT NULL,
    PRIMARY KEY (generation, position)
);

GRANT USAGE ON SCHEMA views TO "${application_role}";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA views TO "${application_role}";
