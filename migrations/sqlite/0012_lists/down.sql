DROP INDEX measurements_by_id;
