diesel::table! {
    bodies (id) {
        id -> Text,
        partnership_id -> Text,
        parent_id -> Nullable<Text>,
        kind -> Text,
        name -> Text,
        charter -> Text,
        remit -> Text,
        time_zone -> Text,
        seats_each -> Integer,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    seats (id) {
        id -> Text,
        partnership_id -> Text,
        body_id -> Text,
        kind -> Text,
        title -> Text,
        organization_id -> Nullable<Text>,
        person_id -> Nullable<Text>,
        alternate_id -> Nullable<Text>,
        guest_name -> Nullable<Text>,
        guest_email -> Nullable<Text>,
        weight -> Integer,
        term_starts -> Date,
        term_ends -> Nullable<Date>,
        rotation -> Text,
        rotation_months -> Nullable<Integer>,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    seat_terms (id) {
        id -> Text,
        partnership_id -> Text,
        seat_id -> Text,
        organization_id -> Nullable<Text>,
        person_id -> Text,
        person_name -> Text,
        part -> Text,
        starts_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
        reason -> Text,
    }
}

diesel::table! {
    hand_overs (id) {
        id -> Text,
        partnership_id -> Text,
        seat_id -> Text,
        from_person -> Nullable<Text>,
        from_name -> Text,
        to_person -> Nullable<Text>,
        to_name -> Text,
        reason -> Text,
        note -> Text,
        content -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    frameworks (id) {
        id -> Text,
        partnership_id -> Text,
        body_id -> Nullable<Text>,
        name -> Text,
        class -> Text,
        norms -> Text,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    framework_versions (framework_id, version) {
        framework_id -> Text,
        version -> BigInt,
        partnership_id -> Text,
        name -> Text,
        class -> Text,
        norms -> Text,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}
