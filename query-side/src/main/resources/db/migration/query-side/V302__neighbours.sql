-- Who is cut without being asked for, because of where it runs, and why; both of the same length.
ALTER TABLE views.containment ADD COLUMN neighbours text[] NOT NULL DEFAULT '{}';
ALTER TABLE views.containment ADD COLUMN neighbour_whys text[] NOT NULL DEFAULT '{}';
