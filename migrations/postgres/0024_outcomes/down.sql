DROP TABLE decision_reviews;
DROP TABLE commitment_notes;
DROP TABLE commitments;
DROP TABLE decision_records;
DROP TABLE outcomes;
