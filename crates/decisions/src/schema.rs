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

diesel::table! {
    proposals (id) {
        id -> Text,
        partnership_id -> Text,
        body_id -> Text,
        framework_id -> Nullable<Text>,
        framework_version -> BigInt,
        norms -> Text,
        title -> Text,
        status -> Text,
        content -> Text,
        opens_at -> Nullable<Timestamp>,
        closes_at -> Nullable<Timestamp>,
        opened_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        reminded_at -> Nullable<Timestamp>,
        review_on -> Nullable<Date>,
        supersedes_id -> Nullable<Text>,
        author_id -> Nullable<Text>,
        author_name -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    proposal_versions (proposal_id, version) {
        proposal_id -> Text,
        version -> BigInt,
        partnership_id -> Text,
        title -> Text,
        status -> Text,
        content -> Text,
        reason -> Text,
        changed_by -> Text,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    proposal_comments (id) {
        id -> Text,
        partnership_id -> Text,
        proposal_id -> Text,
        parent_id -> Nullable<Text>,
        kind -> Text,
        text -> Text,
        person_id -> Nullable<Text>,
        person_name -> Text,
        written_at -> Timestamp,
        settled -> Nullable<Text>,
        settled_by -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    voters (id) {
        id -> Text,
        partnership_id -> Text,
        proposal_id -> Text,
        seat_id -> Text,
        organization_id -> Nullable<Text>,
        organization_role -> Nullable<Text>,
        sector -> Nullable<Text>,
        name -> Text,
        weight -> Integer,
        state -> Text,
        interest -> Text,
        voted -> Bool,
    }
}

diesel::table! {
    ballots (id) {
        id -> Text,
        partnership_id -> Text,
        proposal_id -> Text,
        voter_id -> Nullable<Text>,
        version -> BigInt,
        counts -> Bool,
        choice -> Text,
        reason -> Text,
        weight -> Integer,
        person_id -> Nullable<Text>,
        person_name -> Text,
        capacity -> Text,
        receipt -> Nullable<Text>,
        cast_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    proxies (id) {
        id -> Text,
        partnership_id -> Text,
        seat_id -> Text,
        person_id -> Text,
        person_name -> Text,
        proposal_id -> Nullable<Text>,
        note -> Text,
        starts_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        given_by -> Text,
    }
}

diesel::table! {
    outcomes (id) {
        id -> Text,
        partnership_id -> Text,
        proposal_id -> Text,
        counts -> Bool,
        passed -> Bool,
        content -> Text,
        statement -> Text,
        no_action -> Text,
        counted_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    decision_records (id) {
        id -> Text,
        partnership_id -> Text,
        number -> BigInt,
        proposal_id -> Text,
        content -> Text,
        prev_hash -> Text,
        hash -> Text,
        sealed_at -> Timestamp,
    }
}

diesel::table! {
    commitments (id) {
        id -> Text,
        partnership_id -> Text,
        proposal_id -> Nullable<Text>,
        title -> Text,
        organization_id -> Text,
        person_id -> Nullable<Text>,
        due_on -> Date,
        effort_hours -> Nullable<Integer>,
        benefit -> Text,
        status -> Text,
        progress -> Integer,
        reminded_on -> Nullable<Date>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    commitment_notes (id) {
        id -> Text,
        partnership_id -> Text,
        commitment_id -> Text,
        text -> Text,
        progress -> Integer,
        status -> Text,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    decision_reviews (id) {
        id -> Text,
        partnership_id -> Text,
        proposal_id -> Text,
        verdict -> Text,
        text -> Text,
        compared -> Text,
        reviewed_by -> Text,
        reviewed_at -> Timestamp,
    }
}

diesel::table! {
    meetings (id) {
        id -> Text,
        partnership_id -> Text,
        body_id -> Text,
        number -> BigInt,
        title -> Text,
        purpose -> Text,
        place -> Text,
        online_url -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        facilitator_id -> Nullable<Text>,
        facilitator_name -> Text,
        note_taker_id -> Nullable<Text>,
        note_taker_name -> Text,
        status -> Text,
        reason -> Text,
        sequence -> Integer,
        opened_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        reminded_at -> Nullable<Timestamp>,
        minutes_version -> BigInt,
        minutes_approved -> BigInt,
        approved_by -> Text,
        sent_at -> Nullable<Timestamp>,
        pulse -> BigInt,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    meeting_items (id) {
        id -> Text,
        partnership_id -> Text,
        meeting_id -> Text,
        position -> Integer,
        kind -> Text,
        object_id -> Nullable<Text>,
        title -> Text,
        minutes -> Integer,
        started_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        spent_seconds -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    meeting_people (id) {
        id -> Text,
        partnership_id -> Text,
        meeting_id -> Text,
        person_id -> Nullable<Text>,
        seat_id -> Nullable<Text>,
        organization_id -> Nullable<Text>,
        name -> Text,
        email -> Text,
        part -> Text,
        answer -> Text,
        answered_at -> Nullable<Timestamp>,
        invited_at -> Nullable<Timestamp>,
        here_since -> Nullable<Timestamp>,
        first_came -> Nullable<Timestamp>,
        last_left -> Nullable<Timestamp>,
        seconds -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    meeting_notes (id) {
        id -> Text,
        partnership_id -> Text,
        meeting_id -> Text,
        item_id -> Nullable<Text>,
        text -> Text,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    meeting_votes (meeting_id, proposal_id) {
        meeting_id -> Text,
        proposal_id -> Text,
        partnership_id -> Text,
        opened_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        present -> Text,
    }
}

diesel::table! {
    meeting_commitments (meeting_id, commitment_id) {
        meeting_id -> Text,
        commitment_id -> Text,
        partnership_id -> Text,
        item_id -> Nullable<Text>,
    }
}

diesel::table! {
    meeting_minutes (meeting_id, version) {
        meeting_id -> Text,
        version -> BigInt,
        partnership_id -> Text,
        text -> Text,
        written_by -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    interests (id) {
        id -> Text,
        partnership_id -> Text,
        organization_id -> Nullable<Text>,
        person_id -> Nullable<Text>,
        who -> Text,
        about -> Text,
        topic -> Text,
        about_id -> Nullable<Text>,
        reason -> Text,
        declared_by -> Text,
        declared_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    history_runs (id) {
        id -> Text,
        partnership_id -> Text,
        file_id -> Text,
        file_name -> Text,
        state -> Text,
        found -> Text,
        made -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    history_marks (partnership_id, source, outer_key) {
        partnership_id -> Text,
        source -> Text,
        outer_key -> Text,
        inner_id -> Text,
    }
}

diesel::table! {
    decision_sources (proposal_id) {
        proposal_id -> Text,
        partnership_id -> Text,
        source -> Text,
        outer_key -> Text,
        told -> Text,
        compared -> Text,
        imported_by -> Text,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    opinions (id) {
        id -> Text,
        partnership_id -> Text,
        proposal_id -> Text,
        organization_id -> Text,
        person_id -> Text,
        person_name -> Text,
        choice -> Text,
        reason -> Text,
        given_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    ballots,
    commitments,
    proposal_comments,
    proposals,
    voters,
);

diesel::allow_tables_to_appear_in_same_query!(commitments, commitment_notes);
