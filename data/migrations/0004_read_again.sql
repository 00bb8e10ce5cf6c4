-- What a file was read with, so that one can see which would be read otherwise now. NULL: not known, and not asked for.
ALTER TABLE files ADD COLUMN zone TEXT;
ALTER TABLE files ADD COLUMN zone_given INTEGER NOT NULL DEFAULT 0;  -- 1: for this import alone
ALTER TABLE files ADD COLUMN code_page TEXT;
ALTER TABLE files ADD COLUMN date_order INTEGER;
ALTER TABLE files ADD COLUMN grew_into INTEGER REFERENCES files(id); -- the longer one that begins with all of this one
ALTER TABLE files ADD COLUMN first_run INTEGER NOT NULL DEFAULT 0;   -- the executions that it brought lie from here
ALTER TABLE files ADD COLUMN last_run INTEGER NOT NULL DEFAULT 0;    -- to here
ALTER TABLE files ADD COLUMN read_again INTEGER;                     -- when last

-- Whose statement holds; NULL: that of the file that brought it. Mixed: others have filled in what it leaves open.
ALTER TABLE executions ADD COLUMN stated_by INTEGER REFERENCES files(id);
ALTER TABLE executions ADD COLUMN mixed INTEGER NOT NULL DEFAULT 0;

-- Whether a status opens an incident, as everywhere else: 0 as its outcome does, 1 yes, 2 no.
ALTER TABLE statuses DROP COLUMN opens;
ALTER TABLE statuses ADD COLUMN opens INTEGER NOT NULL DEFAULT 0;
