DROP TABLE deliveries;
DROP TABLE campaigns;
DROP TABLE suppressions;
DROP TABLE contacts;
