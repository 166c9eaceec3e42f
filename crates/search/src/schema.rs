diesel::table! {
    search_documents (number) {
        number -> Integer,
        partnership_id -> Text,
        kind -> Text,
        object_id -> Text,
        scope -> Text,
        title -> Text,
        body -> Text,
        title_words -> Text,
        body_words -> Text,
        path -> Text,
        happened_at -> Timestamp,
    }
}

diesel::table! {
    search_cursors (partnership_id) {
        partnership_id -> Text,
        seq -> BigInt,
    }
}
