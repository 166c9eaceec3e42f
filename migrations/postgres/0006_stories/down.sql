DROP TABLE figure_changes;
DROP TABLE figure_versions;
DROP TABLE story_editions;
DROP TABLE story_links;
DROP TABLE story_templates;
DROP TABLE story_versions;
DROP TABLE stories;
