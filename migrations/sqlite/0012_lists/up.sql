-- Lists of measurements begin with the newest: without this, every page of one sorts all of a partnership's measurements.
CREATE INDEX measurements_by_id ON measurements (partnership_id, id);
