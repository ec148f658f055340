-- Whom of its part an enforcer does not cut, and why: one text each, in the same order.
ALTER TABLE views.part ADD COLUMN gap_whats text[] COLLATE "C" NOT NULL DEFAULT '{}';
ALTER TABLE views.part ADD COLUMN gap_whys text[] COLLATE "C" NOT NULL DEFAULT '{}';
