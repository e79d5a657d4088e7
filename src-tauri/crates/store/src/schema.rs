//! Tables of the team file, and how an older file becomes a current one.
//!
//! 1. Tables are STRICT; days are `YYYY-MM-DD`, instants are UTC milliseconds; there are no floats: sizes in
//!    hundredths, shares in basis points, time in minutes.
//! 2. Every journalled table has a TEXT key `id` that no two rows share; sets are rows of their own; foreign keys are
//!    deferred, so that an operation may write rows in any order, and never cascade.
//! 3. No trigger, view or other stored SQL is kept in the file. The journal's triggers live on the connection.
//! 4. What is derived (the search index) can be dropped and rebuilt.

use crate::Result;
use rusqlite::Connection;
use std::fmt::Write;

/// Says that a SQLite file is a team file: “EvKl”.
pub(crate) const APPLICATION_ID: i32 = 0x4576_4B6C;

/// The newest format known here: how many migrations there are.
pub(crate) const NEWEST: i64 = MIGRATIONS.len() as i64;

/// Each brings a file from the format of its place in this list to the next.
const MIGRATIONS: &[&[&str]] = &[&[FIRST, SEARCH]];

const FIRST: &str = "
    -- The journal. One row an undoable step, one row for each row that it changed.
    CREATE TABLE operation (
        number       INTEGER PRIMARY KEY,
        id           TEXT NOT NULL UNIQUE,
        title        TEXT NOT NULL,
        at           INTEGER NOT NULL,
        device       TEXT NOT NULL,
        person       TEXT NOT NULL,
        undoes       INTEGER REFERENCES operation (number),
        first_change INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE change (
        number     INTEGER PRIMARY KEY,
        operation  INTEGER NOT NULL REFERENCES operation (number) DEFERRABLE INITIALLY DEFERRED,
        table_name TEXT NOT NULL,
        row        TEXT NOT NULL,
        before     TEXT,
        after      TEXT
    ) STRICT;

    -- The team and its working agreement.
    CREATE TABLE team (
        id             TEXT PRIMARY KEY NOT NULL,
        name           TEXT NOT NULL,
        zone           TEXT NOT NULL,
        label_prefix   TEXT NOT NULL,
        sprint_days    INTEGER NOT NULL,
        critical_first INTEGER NOT NULL,
        grace_days     INTEGER NOT NULL,
        labels_given   INTEGER NOT NULL,
        created_at     INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE working_week (
        id         TEXT PRIMARY KEY NOT NULL,
        valid_from TEXT NOT NULL,
        days       INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE holiday (
        id   TEXT PRIMARY KEY NOT NULL,
        day  TEXT NOT NULL,
        name TEXT NOT NULL
    ) STRICT;
    CREATE TABLE scrum_events (
        id                    TEXT PRIMARY KEY NOT NULL,
        valid_from            TEXT NOT NULL,
        daily_minutes         INTEGER NOT NULL,
        planning_minutes      INTEGER NOT NULL,
        review_minutes        INTEGER NOT NULL,
        retrospective_minutes INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE definition_of_done (
        id   TEXT PRIMARY KEY NOT NULL,
        line TEXT NOT NULL,
        rank TEXT NOT NULL
    ) STRICT;
    CREATE TABLE definition_of_ready (
        id   TEXT PRIMARY KEY NOT NULL,
        line TEXT NOT NULL,
        rank TEXT NOT NULL
    ) STRICT;
    CREATE TABLE state (
        id       TEXT PRIMARY KEY NOT NULL,
        name     TEXT NOT NULL,
        category TEXT NOT NULL,
        rank     TEXT NOT NULL
    ) STRICT;
    CREATE TABLE lane (
        id   TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        rank TEXT NOT NULL
    ) STRICT;
    CREATE TABLE lane_share (
        id         TEXT PRIMARY KEY NOT NULL,
        lane       TEXT NOT NULL REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
        valid_from TEXT NOT NULL,
        share      INTEGER NOT NULL,
        is_buffer  INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE lane_kind (
        id         TEXT PRIMARY KEY NOT NULL,
        lane       TEXT NOT NULL REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
        valid_from TEXT NOT NULL,
        kind       TEXT NOT NULL
    ) STRICT;
    CREATE TABLE severity_weight (
        id       TEXT PRIMARY KEY NOT NULL,
        severity TEXT NOT NULL,
        weight   INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE severity_name (
        id       TEXT PRIMARY KEY NOT NULL,
        severity TEXT NOT NULL,
        name     TEXT NOT NULL
    ) STRICT;
    CREATE TABLE member (
        id       TEXT PRIMARY KEY NOT NULL,
        name     TEXT NOT NULL,
        from_day TEXT NOT NULL,
        to_day   TEXT
    ) STRICT;
    CREATE TABLE member_hours (
        id            TEXT PRIMARY KEY NOT NULL,
        member        TEXT NOT NULL REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        valid_from    TEXT NOT NULL,
        minutes_a_day INTEGER,
        days          INTEGER,
        share         INTEGER NOT NULL
    ) STRICT;

    -- Ways to divide the capacity, by name.
    CREATE TABLE policy (
        id   TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL
    ) STRICT;
    CREATE TABLE policy_share (
        id     TEXT PRIMARY KEY NOT NULL,
        policy TEXT NOT NULL REFERENCES policy (id) DEFERRABLE INITIALLY DEFERRED,
        lane   TEXT NOT NULL REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
        share  INTEGER NOT NULL
    ) STRICT;

    -- Who is away, by dates, never inside a Sprint; and what being on call takes of a day.
    CREATE TABLE absence (
        id        TEXT PRIMARY KEY NOT NULL,
        member    TEXT NOT NULL REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        first_day TEXT NOT NULL,
        last_day  TEXT NOT NULL,
        away      INTEGER NOT NULL,
        note      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX absence_by_member ON absence (member, first_day);
    CREATE TABLE on_call_factor (
        id         TEXT PRIMARY KEY NOT NULL,
        valid_from TEXT NOT NULL,
        share      INTEGER NOT NULL
    ) STRICT;

    -- Sprints.
    CREATE TABLE sprint (
        id           TEXT PRIMARY KEY NOT NULL,
        number       INTEGER NOT NULL,
        name         TEXT NOT NULL,
        goal         TEXT NOT NULL,
        first_day    TEXT NOT NULL,
        last_day     TEXT NOT NULL,
        own_size     INTEGER,
        started_at   INTEGER,
        closed_at    INTEGER,
        goal_outcome TEXT,
        goal_reason  TEXT,
        removed_at   INTEGER
    ) STRICT;
    CREATE TABLE sprint_event (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        subject     TEXT NOT NULL REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        happened_at INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        value       TEXT
    ) STRICT;
    CREATE INDEX sprint_event_by_subject ON sprint_event (subject, happened_at);
    CREATE TABLE sprint_share (
        id     TEXT PRIMARY KEY NOT NULL,
        sprint TEXT NOT NULL REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        lane   TEXT NOT NULL REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
        share  INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE sprint_commitment (
        id          TEXT PRIMARY KEY NOT NULL,
        sprint      TEXT NOT NULL REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        edition     INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        body        TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sprint_commitment_by_sprint ON sprint_commitment (sprint, edition);
    CREATE TABLE sprint_report (
        id          TEXT PRIMARY KEY NOT NULL,
        sprint      TEXT NOT NULL REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        area        TEXT NOT NULL,
        edition     INTEGER NOT NULL,
        reason      TEXT,
        recorded_at INTEGER NOT NULL,
        body        TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sprint_report_by_sprint ON sprint_report (sprint, area, edition);

    -- Product Backlog items. The columns from created_at on are the fold of the item's facts: readiness is empty for
    -- what is ready, else the reason why not. The row is no content but a number for the search index, which stays as
    -- it is when SQLite rewrites the file.
    CREATE TABLE item (
        id          TEXT NOT NULL UNIQUE,
        label       TEXT NOT NULL,
        title       TEXT NOT NULL,
        description TEXT NOT NULL,
        rank        TEXT NOT NULL,
        parent      TEXT REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        created_at  INTEGER,
        kind        TEXT,
        severity    TEXT,
        size        INTEGER,
        state       TEXT REFERENCES state (id) DEFERRABLE INITIALLY DEFERRED,
        state_since INTEGER,
        owner       TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        blocked     TEXT,
        sprint      TEXT REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        lane        TEXT REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
        origin      TEXT,
        carried     INTEGER NOT NULL,
        readiness   TEXT,
        row         INTEGER PRIMARY KEY
    ) STRICT;
    CREATE INDEX item_by_rank ON item (rank);
    CREATE INDEX item_by_label ON item (label);
    CREATE INDEX item_by_parent ON item (parent) WHERE parent IS NOT NULL;
    CREATE INDEX item_by_sprint ON item (sprint) WHERE sprint IS NOT NULL;
    CREATE INDEX item_by_state ON item (state, state_since);
    CREATE TABLE item_event (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        subject     TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        happened_at INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        value       TEXT,
        sprint      TEXT REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        lane        TEXT REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
        origin      TEXT
    ) STRICT;
    CREATE INDEX item_event_by_subject ON item_event (subject, happened_at);
    CREATE INDEX item_event_by_sprint ON item_event (sprint) WHERE sprint IS NOT NULL;
    CREATE INDEX item_event_by_move ON item_event (happened_at) WHERE kind IN ('created', 'moved');
    CREATE TABLE item_label (
        id   TEXT PRIMARY KEY NOT NULL,
        item TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        kind TEXT NOT NULL,
        name TEXT NOT NULL
    ) STRICT;
    CREATE INDEX item_label_by_item ON item_label (item);
    CREATE TABLE item_link (
        id    TEXT PRIMARY KEY NOT NULL,
        item  TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        kind  TEXT NOT NULL,
        other TEXT REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        url   TEXT,
        title TEXT
    ) STRICT;
    CREATE INDEX item_link_by_item ON item_link (item);
    CREATE INDEX item_link_by_other ON item_link (other) WHERE other IS NOT NULL;
    CREATE TABLE item_input (
        id        TEXT PRIMARY KEY NOT NULL,
        item      TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        criterion TEXT NOT NULL,
        value     INTEGER NOT NULL,
        set_at    INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX item_input_by_item ON item_input (item);
    CREATE TABLE criterion (
        id          TEXT PRIMARY KEY NOT NULL,
        name        TEXT NOT NULL,
        weight      INTEGER NOT NULL,
        scale       TEXT NOT NULL,
        is_interest INTEGER NOT NULL,
        rank        TEXT NOT NULL
    ) STRICT;
    CREATE TABLE score_policy (
        id         TEXT PRIMARY KEY NOT NULL,
        method     TEXT NOT NULL,
        limit_days INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE outside_item (
        id        TEXT PRIMARY KEY NOT NULL,
        item      TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        source    TEXT NOT NULL,
        key       TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        seen_at   INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX outside_item_by_key ON outside_item (source, key);
    CREATE INDEX outside_item_by_item ON outside_item (item, source, key);
    CREATE TABLE outside_sprint (
        id     TEXT PRIMARY KEY NOT NULL,
        sprint TEXT NOT NULL REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        source TEXT NOT NULL,
        key    TEXT NOT NULL
    ) STRICT;
    CREATE TABLE import_mapping (
        id      TEXT PRIMARY KEY NOT NULL,
        export  TEXT NOT NULL,
        choices TEXT NOT NULL,
        kept_at INTEGER NOT NULL
    ) STRICT;

    -- Interrupts. The columns from severity on are the fold of the interrupt's facts; hours are rows of their own.
    CREATE TABLE interrupt (
        id           TEXT PRIMARY KEY NOT NULL,
        label        TEXT NOT NULL,
        title        TEXT NOT NULL,
        severity     TEXT NOT NULL,
        lane         TEXT REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
        owner        TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        reported_at  INTEGER,
        ended_at     INTEGER,
        estimate     INTEGER,
        timer_since  INTEGER,
        timer_member TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        sprint       TEXT REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE TABLE interrupt_event (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        subject     TEXT NOT NULL REFERENCES interrupt (id) DEFERRABLE INITIALLY DEFERRED,
        happened_at INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        value       TEXT
    ) STRICT;
    CREATE INDEX interrupt_event_by_subject ON interrupt_event (subject, happened_at);
    CREATE INDEX interrupt_event_by_value ON interrupt_event (value) WHERE value IS NOT NULL;
    CREATE TABLE interrupt_hours (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        interrupt   TEXT NOT NULL REFERENCES interrupt (id) DEFERRABLE INITIALLY DEFERRED,
        member      TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        day         TEXT NOT NULL,
        minutes     INTEGER NOT NULL,
        sprint      TEXT REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        recorded_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX interrupt_hours_by_interrupt ON interrupt_hours (interrupt);
    CREATE TABLE outside_interrupt (
        id        TEXT PRIMARY KEY NOT NULL,
        interrupt TEXT NOT NULL REFERENCES interrupt (id) DEFERRABLE INITIALLY DEFERRED,
        source    TEXT NOT NULL,
        key       TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        seen_at   INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX outside_interrupt_by_key ON outside_interrupt (source, key);
    CREATE TABLE interrupt_item (
        id        TEXT PRIMARY KEY NOT NULL,
        interrupt TEXT NOT NULL REFERENCES interrupt (id) DEFERRABLE INITIALLY DEFERRED,
        item      TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        relation  TEXT NOT NULL
    ) STRICT;
    CREATE INDEX interrupt_item_by_interrupt ON interrupt_item (interrupt);
    CREATE INDEX interrupt_item_by_item ON interrupt_item (item);
    CREATE TABLE overflow_decision (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        sprint      TEXT NOT NULL REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        decided_at  INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        choice      TEXT NOT NULL,
        reason      TEXT NOT NULL,
        overflow    INTEGER NOT NULL,
        covered     INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX overflow_decision_by_sprint ON overflow_decision (sprint);
    CREATE TABLE overflow_decision_item (
        id       TEXT PRIMARY KEY NOT NULL,
        decision TEXT NOT NULL REFERENCES overflow_decision (id) DEFERRABLE INITIALLY DEFERRED,
        item     TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        place    INTEGER NOT NULL,
        size     INTEGER,
        minutes  INTEGER
    ) STRICT;
    CREATE INDEX overflow_decision_item_by_decision ON overflow_decision_item (decision);

    -- Forecasts that were shown to people, as they were made: marks at 50, 70, 85 and 95 % in hundredths of a point or
    -- an item, or in days; and what became of them, written once when a Sprint closes.
    CREATE TABLE forecast (
        id         TEXT PRIMARY KEY NOT NULL,
        operation  INTEGER NOT NULL,
        made_at    INTEGER NOT NULL,
        question   TEXT NOT NULL,
        answer     TEXT NOT NULL,
        asked      TEXT NOT NULL,
        drawn_from TEXT NOT NULL,
        seed       INTEGER NOT NULL,
        trials     INTEGER NOT NULL,
        unit       TEXT NOT NULL,
        sprint     TEXT REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        first_day  TEXT NOT NULL,
        last_day   TEXT,
        amount     INTEGER,
        marks      TEXT NOT NULL,
        mark_50    INTEGER,
        mark_70    INTEGER,
        mark_85    INTEGER,
        mark_95    INTEGER
    ) STRICT;
    -- An item that is taken away later is waited for no longer.
    CREATE TABLE forecast_item (
        id       TEXT PRIMARY KEY NOT NULL,
        forecast TEXT NOT NULL REFERENCES forecast (id) DEFERRABLE INITIALLY DEFERRED,
        item     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX forecast_item_by_forecast ON forecast_item (forecast);
    CREATE TABLE forecast_score (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        forecast    TEXT NOT NULL REFERENCES forecast (id) DEFERRABLE INITIALLY DEFERRED,
        sprint      TEXT NOT NULL REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        recorded_at INTEGER NOT NULL,
        outcome     INTEGER,
        held_50     INTEGER NOT NULL,
        held_70     INTEGER NOT NULL,
        held_85     INTEGER NOT NULL,
        held_95     INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX forecast_score_by_forecast ON forecast_score (forecast);
    CREATE TABLE forecast_window (
        id    TEXT PRIMARY KEY NOT NULL,
        weeks INTEGER NOT NULL
    ) STRICT;

    -- Reliability: services, and what is known of how they answered.
    CREATE TABLE service (
        id   TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        rank TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE service_group (
        id      TEXT PRIMARY KEY NOT NULL,
        name    TEXT NOT NULL,
        is_mean INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE service_in_group (
        id            TEXT PRIMARY KEY NOT NULL,
        service_group TEXT NOT NULL REFERENCES service_group (id) DEFERRABLE INITIALLY DEFERRED,
        service       TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        weight        INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE outage (
        id       TEXT PRIMARY KEY NOT NULL,
        service  TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        class    TEXT NOT NULL,
        from_at  INTEGER NOT NULL,
        to_at    INTEGER,
        title    TEXT NOT NULL,
        incident TEXT,
        source   TEXT NOT NULL,
        key      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outage_by_service ON outage (service, from_at);
    CREATE TABLE maintenance (
        id           TEXT PRIMARY KEY NOT NULL,
        title        TEXT NOT NULL,
        from_at      INTEGER NOT NULL,
        to_at        INTEGER NOT NULL,
        announced_at INTEGER,
        source       TEXT NOT NULL,
        key          TEXT NOT NULL
    ) STRICT;
    CREATE TABLE maintenance_service (
        id          TEXT PRIMARY KEY NOT NULL,
        maintenance TEXT NOT NULL REFERENCES maintenance (id) DEFERRABLE INITIALLY DEFERRED,
        service     TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE INDEX maintenance_service_by_maintenance ON maintenance_service (maintenance);
    -- What the source of an outage or of maintenance said of it last.
    CREATE TABLE outside_outage (
        id        TEXT PRIMARY KEY NOT NULL,
        last_seen TEXT NOT NULL
    ) STRICT;
    CREATE TABLE unknown_time (
        id      TEXT PRIMARY KEY NOT NULL,
        service TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        from_at INTEGER NOT NULL,
        to_at   INTEGER NOT NULL,
        note    TEXT NOT NULL
    ) STRICT;
    -- What logs of checks and counts of requests leave: times in which the same was seen, and sums by hours of UTC.
    CREATE TABLE service_stretch (
        id      TEXT PRIMARY KEY NOT NULL,
        service TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        source  TEXT NOT NULL,
        from_at INTEGER NOT NULL,
        to_at   INTEGER NOT NULL,
        seen    TEXT NOT NULL,
        checks  INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX service_stretch_by_service ON service_stretch (service, to_at);
    CREATE INDEX service_stretch_by_start ON service_stretch (service, from_at);
    CREATE TABLE service_day (
        id      TEXT PRIMARY KEY NOT NULL,
        service TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        source  TEXT NOT NULL,
        day     TEXT NOT NULL,
        hours   TEXT NOT NULL
    ) STRICT;
    CREATE INDEX service_day_by_service ON service_day (service, day);
    CREATE TABLE objective (
        id               TEXT PRIMARY KEY NOT NULL,
        service          TEXT REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        service_group    TEXT REFERENCES service_group (id) DEFERRABLE INITIALLY DEFERRED,
        name             TEXT NOT NULL,
        sli              TEXT NOT NULL,
        series           TEXT NOT NULL,
        horizon          TEXT NOT NULL,
        days             INTEGER NOT NULL,
        is_agreement     INTEGER NOT NULL,
        zone             TEXT,
        without_holidays INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE objective_hours (
        id          TEXT PRIMARY KEY NOT NULL,
        objective   TEXT NOT NULL REFERENCES objective (id) DEFERRABLE INITIALLY DEFERRED,
        weekday     INTEGER NOT NULL,
        from_minute INTEGER NOT NULL,
        to_minute   INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE objective_target (
        id         TEXT PRIMARY KEY NOT NULL,
        objective  TEXT NOT NULL REFERENCES objective (id) DEFERRABLE INITIALLY DEFERRED,
        valid_from TEXT NOT NULL,
        millionths INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE reliability_rules (
        id             TEXT PRIMARY KEY NOT NULL,
        valid_from     TEXT NOT NULL,
        full_share     INTEGER NOT NULL,
        partial_share  INTEGER NOT NULL,
        degraded_share INTEGER NOT NULL,
        notice         INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE budget_policy (
        id         TEXT PRIMARY KEY NOT NULL,
        valid_from TEXT NOT NULL,
        is_on      INTEGER NOT NULL,
        spent_at   INTEGER NOT NULL
    ) STRICT;

    -- Incidents. The columns from severity on are the fold of the incident's facts, the milestones those of its present
    -- cycle. A link names one of an interrupt, a deployment and an item.
    CREATE TABLE incident (
        id              TEXT PRIMARY KEY NOT NULL,
        label           TEXT NOT NULL,
        title           TEXT NOT NULL,
        severity        TEXT NOT NULL,
        owner           TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        reported_at     INTEGER,
        began_at        INTEGER,
        detected_at     INTEGER,
        acknowledged_at INTEGER,
        mitigated_at    INTEGER,
        resolved_at     INTEGER,
        cycles          INTEGER NOT NULL,
        merged_into     TEXT REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE TABLE incident_event (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        subject     TEXT NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
        happened_at INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        kind        TEXT NOT NULL,
        value       TEXT,
        member      TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        cycle       INTEGER,
        moment      INTEGER,
        why         TEXT,
        who         TEXT
    ) STRICT;
    CREATE INDEX incident_event_by_subject ON incident_event (subject, happened_at);
    CREATE TABLE incident_service (
        id       TEXT PRIMARY KEY NOT NULL,
        incident TEXT NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
        service  TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE INDEX incident_service_by_incident ON incident_service (incident);
    CREATE TABLE incident_note (
        id          TEXT PRIMARY KEY NOT NULL,
        operation   INTEGER NOT NULL,
        incident    TEXT NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
        at          INTEGER NOT NULL,
        recorded_at INTEGER NOT NULL,
        role        TEXT NOT NULL,
        member      TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        text        TEXT NOT NULL,
        url         TEXT NOT NULL
    ) STRICT;
    CREATE INDEX incident_note_by_incident ON incident_note (incident, at);
    CREATE TABLE incident_link (
        id         TEXT PRIMARY KEY NOT NULL,
        incident   TEXT NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
        interrupt  TEXT REFERENCES interrupt (id) DEFERRABLE INITIALLY DEFERRED,
        deployment TEXT REFERENCES deployment (id) DEFERRABLE INITIALLY DEFERRED,
        item       TEXT REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
        how        TEXT NOT NULL,
        standing   TEXT NOT NULL
    ) STRICT;
    CREATE INDEX incident_link_by_incident ON incident_link (incident);
    CREATE INDEX incident_link_by_item ON incident_link (item) WHERE item IS NOT NULL;
    CREATE TABLE outside_incident (
        id        TEXT PRIMARY KEY NOT NULL,
        incident  TEXT NOT NULL REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED,
        source    TEXT NOT NULL,
        key       TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        seen_at   INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX outside_incident_by_key ON outside_incident (source, key);

    -- On call. Up to recorded_until the stored shifts of a level are its past; times of day are minutes after midnight.
    CREATE TABLE on_call_level (
        id             TEXT PRIMARY KEY NOT NULL,
        name           TEXT NOT NULL,
        rank           TEXT NOT NULL,
        takes_hours    INTEGER NOT NULL,
        all_hours      INTEGER NOT NULL,
        recorded_until INTEGER
    ) STRICT;
    CREATE TABLE rotation (
        id          TEXT PRIMARY KEY NOT NULL,
        level       TEXT NOT NULL REFERENCES on_call_level (id) DEFERRABLE INITIALLY DEFERRED,
        name        TEXT NOT NULL,
        zone        TEXT NOT NULL,
        first_local TEXT NOT NULL,
        unit        TEXT NOT NULL,
        length      INTEGER NOT NULL,
        ends_at     INTEGER
    ) STRICT;
    CREATE TABLE rotation_person (
        id       TEXT PRIMARY KEY NOT NULL,
        rotation TEXT NOT NULL REFERENCES rotation (id) DEFERRABLE INITIALLY DEFERRED,
        member   TEXT NOT NULL REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        place    INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE rotation_restriction (
        id          TEXT PRIMARY KEY NOT NULL,
        rotation    TEXT NOT NULL REFERENCES rotation (id) DEFERRABLE INITIALLY DEFERRED,
        days        INTEGER NOT NULL,
        from_minute INTEGER NOT NULL,
        to_minute   INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE on_call_change (
        id          TEXT PRIMARY KEY NOT NULL,
        level       TEXT NOT NULL REFERENCES on_call_level (id) DEFERRABLE INITIALLY DEFERRED,
        kind        TEXT NOT NULL,
        from_at     INTEGER NOT NULL,
        to_at       INTEGER NOT NULL,
        leaves      TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        takes       TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        note        TEXT NOT NULL,
        recorded_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE on_call_shift (
        id      TEXT PRIMARY KEY NOT NULL,
        level   TEXT NOT NULL REFERENCES on_call_level (id) DEFERRABLE INITIALLY DEFERRED,
        member  TEXT NOT NULL REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        from_at INTEGER NOT NULL,
        to_at   INTEGER NOT NULL,
        source  TEXT NOT NULL
    ) STRICT;
    CREATE INDEX on_call_shift_by_end ON on_call_shift (to_at);
    CREATE TABLE handover_note (
        id          TEXT PRIMARY KEY NOT NULL,
        level       TEXT NOT NULL REFERENCES on_call_level (id) DEFERRABLE INITIALLY DEFERRED,
        handover_at INTEGER NOT NULL,
        member      TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        text        TEXT NOT NULL,
        recorded_at INTEGER NOT NULL
    ) STRICT;

    -- Deployments and the release gate.
    CREATE TABLE deployment (
        id            TEXT PRIMARY KEY NOT NULL,
        operation     INTEGER NOT NULL,
        service       TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        environment   TEXT NOT NULL,
        is_production INTEGER NOT NULL,
        version       TEXT NOT NULL,
        started_at    INTEGER NOT NULL,
        finished_at   INTEGER,
        result        TEXT NOT NULL,
        repairs       TEXT REFERENCES deployment (id) DEFERRABLE INITIALLY DEFERRED,
        repair        TEXT,
        is_unplanned  INTEGER NOT NULL,
        note          TEXT NOT NULL,
        url           TEXT NOT NULL,
        source        TEXT,
        key           TEXT,
        recorded_at   INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX deployment_by_key ON deployment (source, key) WHERE source IS NOT NULL;
    CREATE TABLE deployment_commit (
        id          TEXT PRIMARY KEY NOT NULL,
        deployment  TEXT NOT NULL REFERENCES deployment (id) DEFERRABLE INITIALLY DEFERRED,
        sha         TEXT NOT NULL,
        authored_at INTEGER,
        subject     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX deployment_commit_by_deployment ON deployment_commit (deployment);
    CREATE TABLE deployment_item (
        id         TEXT PRIMARY KEY NOT NULL,
        deployment TEXT NOT NULL REFERENCES deployment (id) DEFERRABLE INITIALLY DEFERRED,
        item       TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE INDEX deployment_item_by_deployment ON deployment_item (deployment);
    CREATE INDEX deployment_item_by_item ON deployment_item (item);
    CREATE TABLE live_check (
        id            TEXT PRIMARY KEY NOT NULL,
        name          TEXT NOT NULL,
        is_asked      INTEGER NOT NULL,
        stops_unknown INTEGER NOT NULL,
        severity      TEXT NOT NULL,
        share         INTEGER NOT NULL,
        state         TEXT REFERENCES state (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE TABLE freeze (
        id      TEXT PRIMARY KEY NOT NULL,
        service TEXT REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        from_at INTEGER NOT NULL,
        to_at   INTEGER NOT NULL,
        why     TEXT NOT NULL
    ) STRICT;
    CREATE TABLE gate_answer (
        id             TEXT PRIMARY KEY NOT NULL,
        operation      INTEGER NOT NULL,
        service        TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
        version        TEXT NOT NULL,
        answered_at    INTEGER NOT NULL,
        may            INTEGER NOT NULL,
        findings       TEXT NOT NULL,
        overridden_by  TEXT,
        overridden_why TEXT
    ) STRICT;
    CREATE INDEX gate_answer_by_time ON gate_answer (answered_at);

    -- Daily Scrums, and what was said in them.
    CREATE TABLE daily (
        id       TEXT PRIMARY KEY NOT NULL,
        sprint   TEXT REFERENCES sprint (id) DEFERRABLE INITIALLY DEFERRED,
        held_at  INTEGER NOT NULL,
        ended_at INTEGER
    ) STRICT;
    CREATE TABLE daily_note (
        id        TEXT PRIMARY KEY NOT NULL,
        operation INTEGER NOT NULL,
        daily     TEXT NOT NULL REFERENCES daily (id) DEFERRABLE INITIALLY DEFERRED,
        kind      TEXT NOT NULL,
        member    TEXT REFERENCES member (id) DEFERRABLE INITIALLY DEFERRED,
        item      TEXT,
        noted_at  INTEGER NOT NULL,
        text      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX daily_note_by_daily ON daily_note (daily);
    CREATE TABLE blocker_limit (
        id   TEXT PRIMARY KEY NOT NULL,
        days INTEGER NOT NULL
    ) STRICT;

    -- Bytes, outside the journal.
    CREATE TABLE blob (
        hash  TEXT PRIMARY KEY NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;
";

/// Derived: the words of items, by the items' rows. Kept by triggers of the connection.
pub(crate) const SEARCH: &str = "
    CREATE VIRTUAL TABLE item_search USING fts5 (
        title, description,
        content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', detail = none
    );
";

/// Brings a connection's file to the newest format, inside the transaction of the caller.
pub(crate) fn migrate(connection: &Connection, from: i64) -> Result<()> {
    for migration in MIGRATIONS.iter().skip(from.max(0) as usize) {
        for part in *migration {
            connection.execute_batch(part)?;
        }
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", NEWEST)?;
    Ok(())
}

/// The tables whose changes the journal keeps, with the columns that it keeps, in the order of their creation.
///
/// The number of a row is not kept: it says nothing, and may be another one in another file.
pub(crate) fn journalled(connection: &Connection) -> Result<Vec<(String, Vec<String>)>> {
    let mut tables = connection.prepare(
        "SELECT name
           FROM main.sqlite_schema
          WHERE type = 'table'
            AND name NOT IN ('operation', 'change', 'blob')
            AND name NOT LIKE 'item_search%'
            AND name NOT LIKE 'sqlite_%'
          ORDER BY rowid",
    )?;
    let names = tables.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let mut columns = connection.prepare(
        "SELECT name FROM pragma_table_info(:table) WHERE NOT (pk AND type = 'INTEGER') ORDER BY cid",
    )?;
    let mut journalled = Vec::with_capacity(names.len());
    for name in names {
        let of_table = columns.query_map([&name], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        journalled.push((name, of_table));
    }
    Ok(journalled)
}

/// Brings the words of all items into an empty search index.
pub(crate) const FILL_SEARCH: &str =
    "INSERT INTO item_search (rowid, title, description) SELECT row, title, description FROM item";

/// The SQL that makes one JSON object of a row: of a table, or of `old` and `new` in a trigger.
pub(crate) fn as_json(columns: &[String], row: &str) -> String {
    let pairs: Vec<String> = columns.iter().map(|column| format!("'{column}', {row}.{column}")).collect();
    format!("json_object({})", pairs.join(", "))
}

/// The triggers that write the journal and the search index, for one connection.
pub(crate) fn triggers(connection: &Connection) -> Result<String> {
    let mut sql = String::from("CREATE TEMP TABLE under_way (operation INTEGER NOT NULL);\n");
    for (table, columns) in journalled(connection)? {
        let row = |which: &str| as_json(&columns, which);
        let changed: Vec<String> =
            columns.iter().map(|column| format!("old.{column} IS NOT new.{column}")).collect();
        let cases = [
            ("insert", "new", String::new(), "NULL".to_owned(), row("new")),
            ("update", "new", format!("WHEN {}", changed.join(" OR ")), row("old"), row("new")),
            ("delete", "old", String::new(), row("old"), "NULL".to_owned()),
        ];
        for (event, which, when, before, after) in cases {
            write!(
                sql,
                "CREATE TEMP TRIGGER journal_{table}_{event} AFTER {event} ON main.{table} {when} BEGIN
                     INSERT INTO change (operation, table_name, row, before, after)
                     VALUES ((SELECT operation FROM under_way), '{table}', {which}.id, {before}, {after});
                 END;\n"
            )
            .map_err(|error| crate::StoreError::Internal(error.to_string()))?;
        }
    }
    sql.push_str(
        "CREATE TEMP TRIGGER search_insert AFTER INSERT ON main.item BEGIN
             INSERT INTO item_search (rowid, title, description) VALUES (new.row, new.title, new.description);
         END;
         CREATE TEMP TRIGGER search_update AFTER UPDATE OF title, description ON main.item BEGIN
             DELETE FROM item_search WHERE rowid = old.row;
             INSERT INTO item_search (rowid, title, description) VALUES (new.row, new.title, new.description);
         END;
         CREATE TEMP TRIGGER search_delete AFTER DELETE ON main.item BEGIN
             DELETE FROM item_search WHERE rowid = old.row;
         END;\n",
    );
    Ok(sql)
}
