diesel::table! {
    jobs (id) {
        id -> Text,
        partnership_id -> Nullable<Text>,
        kind -> Text,
        payload -> Text,
        state -> Text,
        unique_key -> Nullable<Text>,
        run_at -> Timestamp,
        attempts -> Integer,
        max_attempts -> Integer,
        leased_by -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    schedules (name) {
        name -> Text,
        cron -> Text,
        next_at -> Timestamp,
        last_at -> Nullable<Timestamp>,
    }
}
