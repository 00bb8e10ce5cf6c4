CREATE INDEX files_by_longer ON files(grew_into) WHERE grew_into IS NOT NULL;
