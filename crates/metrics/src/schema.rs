diesel::table! {
    perspectives (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        position -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    objectives (id) {
        id -> Text,
        partnership_id -> Text,
        perspective_id -> Text,
        name -> Text,
        position -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    metrics (id) {
        id -> Text,
        partnership_id -> Text,
        perspective_id -> Text,
        objective_id -> Nullable<Text>,
        name -> Text,
        definition -> Text,
        public -> Bool,
        status -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    measurements (id) {
        id -> Text,
        partnership_id -> Text,
        metric_id -> Text,
        organization_id -> Text,
        period -> Text,
        period_start -> Date,
        period_end -> Date,
        dimensions -> Text,
        value -> Nullable<Text>,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        marker -> Text,
        source -> Text,
        evidence_url -> Nullable<Text>,
        evidence_file_id -> Nullable<Text>,
        note -> Text,
        status -> Text,
        version -> BigInt,
        changed_by -> Text,
        reported_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    measurement_versions (measurement_id, version) {
        measurement_id -> Text,
        version -> BigInt,
        partnership_id -> Text,
        value -> Nullable<Text>,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        marker -> Text,
        source -> Text,
        evidence_url -> Nullable<Text>,
        evidence_file_id -> Nullable<Text>,
        note -> Text,
        status -> Text,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    metric_rollups (partnership_id, metric_id, period) {
        partnership_id -> Text,
        metric_id -> Text,
        period -> Text,
        period_start -> Date,
        period_end -> Date,
        grain -> Text,
        whole_value -> Nullable<Text>,
        whole_numerator -> Nullable<Text>,
        whole_denominator -> Nullable<Text>,
        whole_verified -> Bool,
        n -> BigInt,
        sum -> Text,
        min -> Nullable<Text>,
        max -> Nullable<Text>,
        last_value -> Nullable<Text>,
        last_at -> Nullable<Timestamp>,
        weighted -> BigInt,
        numerator -> Text,
        denominator -> Text,
        verified -> BigInt,
        version -> BigInt,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    scorecards (id) {
        id -> Text,
        partnership_id -> Text,
        name -> Text,
        position -> Integer,
        budget -> Integer,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    scorecard_metrics (scorecard_id, metric_id) {
        partnership_id -> Text,
        scorecard_id -> Text,
        metric_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    metric_clocks (partnership_id) {
        partnership_id -> Text,
        version -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    perspectives,
    objectives,
    metrics,
    measurements,
    measurement_versions,
    scorecards,
    scorecard_metrics,
    metric_rollups
);
