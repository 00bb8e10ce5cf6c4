-- Vital ones stand first, then the newest.
CREATE INDEX incidents_by_vital ON incidents(vital, id);
