DROP TABLE contribution_templates;
