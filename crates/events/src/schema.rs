diesel::table! {
    event_heads (partnership_id) {
        partnership_id -> Text,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    events (id) {
        id -> Text,
        partnership_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        actor_kind -> Text,
        actor_id -> Nullable<Text>,
        actor_name -> Text,
        kind -> Text,
        object_kind -> Text,
        object_id -> Text,
        data -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    event_objects (partnership_id, object_kind, object_id, event_id) {
        partnership_id -> Text,
        object_kind -> Text,
        object_id -> Text,
        event_id -> Text,
    }
}

diesel::table! {
    links (partnership_id, from_kind, from_id, relation, to_kind, to_id) {
        partnership_id -> Text,
        from_kind -> Text,
        from_id -> Text,
        relation -> Text,
        to_kind -> Text,
        to_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(events, event_objects);
