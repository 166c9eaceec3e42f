diesel::table! {
    stories (id) {
        id -> Text,
        partnership_id -> Text,
        title -> Text,
        language -> Text,
        status -> Text,
        content -> Text,
        author_id -> Nullable<Text>,
        author_name -> Text,
        approver_name -> Nullable<Text>,
        approved_at -> Nullable<Timestamp>,
        edition -> BigInt,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    story_versions (story_id, version) {
        story_id -> Text,
        partnership_id -> Text,
        version -> BigInt,
        content -> Text,
        author -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    story_templates (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        content -> Text,
        author -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    story_links (id) {
        id -> Text,
        partnership_id -> Text,
        story_id -> Text,
        secret -> Text,
        secret_hash -> Text,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    story_editions (id) {
        id -> Text,
        partnership_id -> Text,
        story_id -> Text,
        number -> BigInt,
        status -> Text,
        view -> Text,
        sha256 -> Text,
        publisher -> Text,
        note -> Text,
        published_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    figure_versions (id) {
        id -> Text,
        partnership_id -> Text,
        story_id -> Text,
        edition_id -> Text,
        figure_key -> Text,
        label -> Text,
        value -> Text,
        formatted -> Text,
        source -> Text,
        format -> Text,
        period -> Text,
        version_token -> Text,
        sources -> Text,
        frozen_at -> Timestamp,
    }
}

diesel::table! {
    figure_changes (id) {
        id -> Text,
        partnership_id -> Text,
        story_id -> Text,
        edition_id -> Text,
        figure_version_id -> Text,
        new_value -> Nullable<Text>,
        new_formatted -> Text,
        new_token -> Text,
        cause -> Text,
        noticed_at -> Timestamp,
        resolved_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    story_questions (id) {
        id -> Text,
        partnership_id -> Text,
        story_id -> Text,
        edition_id -> Text,
        figure_version_id -> Text,
        figure_key -> Text,
        asker -> Text,
        asker_name -> Text,
        asker_email -> Text,
        address_key -> Text,
        language -> Text,
        question -> Text,
        status -> Text,
        shown -> Bool,
        shown_question -> Text,
        version -> BigInt,
        asked_at -> Timestamp,
        received_at -> Nullable<Timestamp>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    story_answers (question_id, version) {
        question_id -> Text,
        partnership_id -> Text,
        version -> BigInt,
        answer -> Text,
        author -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    public_pages (partnership_id) {
        partnership_id -> Text,
        shown -> Bool,
        version -> BigInt,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    story_listings (story_id) {
        story_id -> Text,
        partnership_id -> Text,
        listed_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    story_listings,
    story_questions,
    story_answers,
    stories,
    story_links,
    story_editions,
    figure_versions,
    figure_changes,
);
