DROP TABLE visits;
DROP TABLE attention_snoozes;
