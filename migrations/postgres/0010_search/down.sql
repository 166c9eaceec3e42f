DROP TABLE search_index;
DROP TABLE search_cursors;
DROP TABLE search_documents;
DROP FUNCTION search_index_document();
