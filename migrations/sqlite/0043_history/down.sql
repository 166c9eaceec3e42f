DROP TABLE decision_sources;
DROP TABLE history_marks;
DROP TABLE history_runs;
