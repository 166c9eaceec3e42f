DROP TABLE meeting_minutes;
DROP TABLE meeting_commitments;
DROP TABLE meeting_votes;
DROP TABLE meeting_notes;
DROP TABLE meeting_people;
DROP TABLE meeting_items;
DROP TABLE meetings;
