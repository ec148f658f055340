-- Until when each enforcer is known to hold its part, and the position of the event that set the
-- end it should have: a report of an earlier generation does not know of that end.
ALTER TABLE views.part ADD COLUMN until timestamptz;
ALTER TABLE views.containment ADD COLUMN end_set bigint NOT NULL DEFAULT 0;
