DROP TABLE contribution_asks;
DROP TABLE contribution_requests;
DROP TABLE contribution_rollups;
DROP TABLE contribution_comments;
DROP TABLE contribution_versions;
DROP TABLE contributions;
DROP TABLE rates;
