-- What can be found, one row an object: as its domain describes it, and folded for comparing. Derived: the command
-- `backbone search rebuild` makes it anew. What begins with search_index is the engine's own way to look words up.
CREATE TABLE search_documents (
    number INTEGER NOT NULL PRIMARY KEY,
    partnership_id TEXT NOT NULL REFERENCES partnerships (id),
    kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    -- The partnership and the permissions of which one is needed, as words of the index.
    scope TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_words TEXT NOT NULL,
    body_words TEXT NOT NULL,
    -- The page behind /p/{slug}.
    path TEXT NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    UNIQUE (partnership_id, kind, object_id)
);

-- Up to which event of a partnership's log the documents are true.
CREATE TABLE search_cursors (
    partnership_id TEXT NOT NULL PRIMARY KEY REFERENCES partnerships (id),
    seq BIGINT NOT NULL
);

CREATE TABLE search_index (
    number INTEGER NOT NULL PRIMARY KEY REFERENCES search_documents (number) ON DELETE CASCADE,
    title tsvector NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX search_index_title ON search_index USING gin (title);
CREATE INDEX search_index_words ON search_index USING gin (words);
CREATE FUNCTION search_index_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_index (number, title, words)
    VALUES (new.number, to_tsvector('simple', new.scope || ' ' || new.title_words),
        to_tsvector('simple', new.scope || ' ' || new.title_words || ' ' || new.body_words))
    ON CONFLICT (number) DO UPDATE SET title = excluded.title, words = excluded.words;
    RETURN new;
END
$$;
CREATE TRIGGER search_documents_indexed AFTER INSERT OR UPDATE ON search_documents
    FOR EACH ROW EXECUTE FUNCTION search_index_document();
