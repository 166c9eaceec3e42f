diesel::table! {
    imports (id) {
        id -> Text,
        partnership_id -> Text,
        file_id -> Text,
        file_name -> Text,
        sheet -> Nullable<Text>,
        state -> Text,
        findings -> Text,
        mapping -> Text,
        counts -> Text,
        position -> BigInt,
        corrections -> Bool,
        failure -> Nullable<Text>,
        asked_by -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        step_at -> Timestamp,
        moved_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    import_rows (import_id, seq) {
        import_id -> Text,
        seq -> BigInt,
        partnership_id -> Text,
        line -> BigInt,
        state -> Text,
        told -> Text,
        cells -> Text,
    }
}

diesel::table! {
    import_changes (import_id, measurement_id) {
        import_id -> Text,
        measurement_id -> Text,
        partnership_id -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    import_mappings (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        mapping -> Text,
        created_at -> Timestamp,
    }
}
