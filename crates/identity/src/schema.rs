diesel::table! {
    partnerships (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        purpose -> Text,
        language -> Text,
        currency -> Text,
        time_zone -> Text,
        fiscal_year_start -> Integer,
        accent -> Text,
        logo_file_id -> Nullable<Text>,
        small_cell -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    organizations (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        role -> Text,
        sector -> Text,
        website -> Nullable<Text>,
        public_name -> Bool,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        language -> Text,
        password_hash -> Nullable<Text>,
        active -> Bool,
        operator -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        partnership_id -> Text,
        person_id -> Text,
        organization_id -> Nullable<Text>,
        roles -> Text,
        active -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        partnership_id -> Text,
        email -> Text,
        name -> Text,
        roles -> Text,
        organization_id -> Nullable<Text>,
        invited_by -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        accepted_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        person_id -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
        user_agent -> Text,
    }
}

diesel::table! {
    magic_links (id) {
        id -> Text,
        person_id -> Text,
        purpose -> Text,
        next -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    access_links (id) {
        id -> Text,
        token_hash -> Text,
        partnership_id -> Text,
        purpose -> Text,
        person_id -> Nullable<Text>,
        organization_id -> Nullable<Text>,
        subject_kind -> Text,
        subject_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    signing_keys (kid) {
        kid -> Text,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    token_families (id) {
        id -> Text,
        person_id -> Text,
        partnership_id -> Text,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        family_id -> Text,
        issued_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    api_keys (id) {
        id -> Text,
        partnership_id -> Text,
        person_id -> Text,
        name -> Text,
        prefix -> Text,
        key_hash -> Text,
        scopes -> Text,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    files (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        purpose -> Text,
        uploaded_by -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    rate_limits (key) {
        key -> Text,
        window_start -> Timestamp,
        hits -> Integer,
    }
}

diesel::table! {
    attention_snoozes (id) {
        id -> Text,
        partnership_id -> Text,
        rule -> Text,
        subject -> Text,
        title -> Text,
        reason -> Text,
        until_day -> Date,
        snoozed_by -> Nullable<Text>,
        snoozed_by_name -> Text,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    visits (partnership_id, person_id) {
        partnership_id -> Text,
        person_id -> Text,
        organization_id -> Nullable<Text>,
        began_at -> Timestamp,
        seen_at -> Timestamp,
        before_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    notifications (id) {
        id -> Text,
        partnership_id -> Text,
        person_id -> Text,
        kind -> Text,
        matter -> Text,
        words -> Text,
        path -> Text,
        at -> Timestamp,
        read_at -> Nullable<Timestamp>,
        mail_at -> Nullable<Timestamp>,
        mailed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    notification_choices (partnership_id, person_id, kind) {
        partnership_id -> Text,
        person_id -> Text,
        kind -> Text,
        often -> Text,
    }
}

diesel::table! {
    notification_hours (partnership_id, person_id) {
        partnership_id -> Text,
        person_id -> Text,
        time_zone -> Text,
        quiet_from -> Nullable<Integer>,
        quiet_until -> Nullable<Integer>,
        summary_at -> Integer,
        summary_day -> Integer,
    }
}

diesel::table! {
    notification_cursors (partnership_id) {
        partnership_id -> Text,
        seq -> BigInt,
    }
}

diesel::table! {
    calendar_links (id) {
        id -> Text,
        partnership_id -> Text,
        person_id -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    kept_forms (id) {
        id -> Text,
        person_id -> Text,
        sealed -> Text,
        kept_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    partnerships,
    organizations,
    people,
    memberships,
    invitations,
    sessions,
    signing_keys,
    magic_links,
    access_links,
    token_families,
    refresh_tokens,
    api_keys,
    files,
);
