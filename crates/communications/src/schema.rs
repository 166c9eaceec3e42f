diesel::table! {
    contacts (id) {
        id -> Text,
        partnership_id -> Text,
        email -> Text,
        address_key -> Text,
        name -> Text,
        language -> Text,
        organization -> Text,
        consent_basis -> Text,
        consent_note -> Text,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    suppressions (partnership_id, address_key) {
        partnership_id -> Text,
        address_key -> Text,
        reason -> Text,
        note -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    campaigns (id) {
        id -> Text,
        partnership_id -> Text,
        kind -> Text,
        state -> Text,
        story_id -> Text,
        edition_id -> Text,
        subject -> Text,
        note -> Text,
        note_author -> Text,
        sender_name -> Text,
        reply_to -> Text,
        content -> Text,
        rate_per_minute -> Integer,
        runner -> Nullable<Text>,
        runner_seen_at -> Nullable<Timestamp>,
        stumbles -> Integer,
        waiting_reason -> Nullable<Text>,
        waiting_until -> Nullable<Timestamp>,
        version -> BigInt,
        created_by -> Text,
        created_at -> Timestamp,
        queued_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    deliveries (id) {
        id -> Text,
        partnership_id -> Text,
        campaign_id -> Text,
        edition_id -> Text,
        email -> Text,
        address_key -> Text,
        name -> Text,
        language -> Text,
        person_id -> Nullable<Text>,
        contact_id -> Nullable<Text>,
        state -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        claimed_by -> Nullable<Text>,
        claimed_at -> Nullable<Timestamp>,
        reply -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    reader_cutoffs (partnership_id, address_key) {
        partnership_id -> Text,
        address_key -> Text,
        ended_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(contacts, suppressions, campaigns, deliveries);
