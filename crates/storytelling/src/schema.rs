diesel::table! {
    value_models (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        version -> BigInt,
        retired -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    value_model_versions (model_id, version) {
        model_id -> Text,
        partnership_id -> Text,
        version -> BigInt,
        content -> Text,
        reason -> Text,
        author -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    value_calculations (id) {
        id -> Text,
        partnership_id -> Text,
        model_id -> Text,
        model_version -> BigInt,
        content -> Text,
        sha256 -> Text,
        author -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    value_proxies (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        unit -> Text,
        low -> Text,
        base -> Text,
        high -> Text,
        currency -> Text,
        price_year -> Integer,
        source -> Text,
        link -> Text,
        review_on -> Nullable<Date>,
        version -> BigInt,
        retired -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(value_models, value_model_versions);
