diesel::table! {
    rates (id) {
        id -> Text,
        partnership_id -> Text,
        work_role -> Text,
        hourly_minor -> BigInt,
        currency -> Text,
        valid_from -> Date,
        source -> Text,
        created_by -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    contributions (id) {
        id -> Text,
        partnership_id -> Text,
        organization_id -> Text,
        kind -> Text,
        status -> Text,
        version -> BigInt,
        activity -> Text,
        period -> Text,
        starts_on -> Date,
        ends_on -> Date,
        hours -> BigInt,
        people -> Integer,
        work_role -> Nullable<Text>,
        skill -> Nullable<Text>,
        rate_id -> Nullable<Text>,
        rate_minor -> Nullable<BigInt>,
        rate_reason -> Nullable<Text>,
        amount_minor -> Nullable<BigInt>,
        amount_currency -> Nullable<Text>,
        exchange_rate -> Nullable<Text>,
        description -> Nullable<Text>,
        basis -> Nullable<Text>,
        value_minor -> BigInt,
        currency -> Text,
        evidence -> Text,
        note -> Text,
        metrics -> Text,
        logged_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    contribution_versions (contribution_id, version) {
        contribution_id -> Text,
        version -> BigInt,
        partnership_id -> Text,
        status -> Text,
        content -> Text,
        reason -> Text,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    contribution_comments (id) {
        id -> Text,
        partnership_id -> Text,
        contribution_id -> Text,
        kind -> Text,
        text -> Text,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    contribution_rollups (partnership_id, organization_id, month, kind) {
        partnership_id -> Text,
        organization_id -> Text,
        month -> Date,
        kind -> Text,
        hours -> BigInt,
        value_minor -> BigInt,
        entries -> BigInt,
        changes -> BigInt,
    }
}

diesel::table! {
    contribution_templates (id) {
        id -> Text,
        partnership_id -> Text,
        person_id -> Text,
        name -> Text,
        content -> Text,
        created_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    contribution_requests (id) {
        id -> Text,
        partnership_id -> Text,
        period -> Text,
        starts_on -> Date,
        ends_on -> Date,
        kind -> Nullable<Text>,
        message -> Text,
        asked_by -> Text,
        expires_at -> Timestamp,
        created_at -> Timestamp,
    }
}

diesel::table! {
    contribution_asks (id) {
        id -> Text,
        partnership_id -> Text,
        request_id -> Text,
        organization_id -> Text,
        person_id -> Text,
        asked_at -> Timestamp,
        reminded_at -> Nullable<Timestamp>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(contributions, contribution_comments);
diesel::allow_tables_to_appear_in_same_query!(contribution_requests, contribution_asks);
