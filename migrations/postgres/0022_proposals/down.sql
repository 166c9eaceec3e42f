DROP TABLE proposal_comments;
DROP TABLE proposal_versions;
DROP TABLE proposals;
