DROP TABLE value_proxies;
DROP TABLE value_calculations;
DROP TABLE value_model_versions;
DROP TABLE value_models;
