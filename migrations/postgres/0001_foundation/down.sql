DROP TABLE rate_limits;
DROP TABLE idempotency_keys;
DROP TABLE schedules;
DROP TABLE jobs;
DROP TABLE links;
DROP TABLE event_objects;
DROP TABLE events;
DROP TABLE event_heads;
