DROP TABLE proxies;
DROP TABLE ballots;
DROP TABLE voters;
