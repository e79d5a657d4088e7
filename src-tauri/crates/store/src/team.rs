//! The team, its working agreement, its members.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use crate::{Result, StoreError};
use domain::backlog::Rank;
use domain::calendar::{Day, Instant, WorkCalendar, WorkingWeek, Zone};
use domain::capacity::ScrumEvents;
use domain::identity::{LaneId, MemberId, RowId, StateId};
use domain::interrupt::{IncidentSeverity, SeverityNames};
use domain::sprint::Grace;
use domain::team::{Lane, Lanes, Member, MemberHours, State, Workflow};
use rusqlite::{OptionalExtension, named_params};
use std::collections::BTreeSet;

/// The one row of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamSettings {
    /// The team's name.
    pub name: String,
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// What stands before the number in a label: `PAY` of PAY-12.
    pub label_prefix: String,
    /// How many days a Sprint lasts, weekends included.
    pub sprint_days: i64,
    /// Whether a critical bug is placed above everything that is not critical (7.2).
    pub critical_first: bool,
    /// How long after the start the team may commit again (3.2).
    pub grace: Grace,
    /// When the file was created.
    pub created_at: Instant,
}

/// A day on which nobody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its identity.
    pub id: RowId,
    /// The day.
    pub day: Day,
    /// What is celebrated.
    pub name: String,
}

impl Reader<'_> {
    /// The team.
    pub fn team(&self) -> Result<TeamSettings> {
        let mut select = self.connection.prepare_cached(
            "SELECT name, zone, label_prefix, sprint_days, critical_first, grace_days, created_at
               FROM team
              ORDER BY id
              LIMIT 1",
        )?;
        let team = select.query_row([], |row| {
            Ok(TeamSettings {
                name: row.get("name")?,
                zone: row.word("zone")?,
                label_prefix: row.get("label_prefix")?,
                sprint_days: row.get("sprint_days")?,
                critical_first: row.get("critical_first")?,
                grace: row.number("grace_days")?,
                created_at: row.number("created_at")?,
            })
        })?;
        Ok(team)
    }

    /// When the team works.
    pub fn calendar(&self) -> Result<WorkCalendar> {
        let zone = self.team()?.zone;
        let mut weeks = self
            .connection
            .prepare_cached("SELECT valid_from, days FROM working_week ORDER BY valid_from, id")?;
        let weeks = weeks
            .query_map([], |row| Ok((row.word("valid_from")?, row.number("days")?)))?
            .collect::<Result<Vec<_>, _>>()?;
        let holidays = self.holidays()?.into_iter().map(|holiday| holiday.day).collect();
        Ok(WorkCalendar { zone, weeks, holidays })
    }

    /// How long Scrum events take in a Sprint that begins on a day: the newest edition that is valid from then or
    /// earlier; before the first one, what they usually take (2.1).
    pub fn scrum_events(&self, on: Day) -> Result<ScrumEvents> {
        let mut select = self.connection.prepare_cached(
            "SELECT daily_minutes, planning_minutes, review_minutes, retrospective_minutes
               FROM scrum_events
              WHERE valid_from <= :day
              ORDER BY valid_from DESC, id DESC
              LIMIT 1",
        )?;
        let events = select.query_row(named_params! { ":day": Text(on) }, |row| {
            Ok(ScrumEvents {
                daily: row.number("daily_minutes")?,
                planning: row.number("planning_minutes")?,
                review: row.number("review_minutes")?,
                retrospective: row.number("retrospective_minutes")?,
            })
        });
        Ok(events.optional()?.unwrap_or_default())
    }

    /// The days after a day from which Scrum events take another time, in order.
    pub fn scrum_events_change_after(&self, day: Day) -> Result<Vec<Day>> {
        self.editions_after("scrum_events", day)
    }

    /// The days after a day from which other lanes or shares hold, in order.
    pub fn lanes_change_after(&self, day: Day) -> Result<Vec<Day>> {
        self.editions_after("lane_share", day)
    }

    fn editions_after(&self, table: &str, day: Day) -> Result<Vec<Day>> {
        let sql =
            format!("SELECT DISTINCT valid_from FROM {table} WHERE valid_from > :day ORDER BY valid_from");
        let mut select = self.connection.prepare_cached(&sql)?;
        let days = select.query_map(named_params! { ":day": Text(day) }, |row| row.word("valid_from"))?;
        Ok(days.collect::<Result<_, _>>()?)
    }

    /// What the team calls severities of incidents and interrupts (8.1).
    pub fn severity_names(&self) -> Result<SeverityNames> {
        let mut select =
            self.connection.prepare_cached("SELECT severity, name FROM severity_name ORDER BY id")?;
        let mut rows = select.query([])?;
        let mut names = SeverityNames::default();
        while let Some(row) = rows.next()? {
            let name: String = row.get("name")?;
            names = names.renamed(row.word("severity")?, &name).map_err(StoreError::damaged)?;
        }
        Ok(names)
    }

    /// The holidays, by day.
    pub fn holidays(&self) -> Result<Vec<Holiday>> {
        let mut select =
            self.connection.prepare_cached("SELECT id, day, name FROM holiday ORDER BY day, id")?;
        let holidays = select.query_map([], |row| {
            Ok(Holiday { id: row.word("id")?, day: row.word("day")?, name: row.get("name")? })
        })?;
        Ok(holidays.collect::<Result<_, _>>()?)
    }

    /// The team's states, in order.
    pub fn workflow(&self) -> Result<Workflow> {
        let mut select =
            self.connection.prepare_cached("SELECT id, name, category FROM state ORDER BY rank, id")?;
        let states = select
            .query_map([], |row| {
                Ok(State { id: row.word("id")?, name: row.get("name")?, category: row.word("category")? })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        Workflow::new(states).map_err(StoreError::damaged)
    }

    /// The states that facts of items name: they can neither go nor mean something else.
    pub fn states_in_facts(&self) -> Result<BTreeSet<StateId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id
               FROM state
              WHERE EXISTS (SELECT 1 FROM item WHERE item.state = state.id)
                 OR id IN (SELECT value FROM item_event WHERE kind IN ('created', 'moved'))",
        )?;
        let states = select.query_map([], |row| row.word("id"))?;
        Ok(states.collect::<Result<_, _>>()?)
    }

    /// How many items a member owns, or owned at some time.
    pub fn items_of_owner(&self, member: MemberId) -> Result<u32> {
        let mut select = self.connection.prepare_cached(
            "SELECT count(DISTINCT subject) FROM item_event WHERE kind = 'assigned' AND value = :member",
        )?;
        Ok(select.query_row(named_params! { ":member": Text(member) }, |row| row.get(0))?)
    }

    /// The team's lanes, in order, as they hold on a day: the newest edition that is valid from then or earlier, else
    /// the first one known. An edition is all lanes with their shares and kinds, so it always divides the whole.
    pub fn lanes(&self, on: Day) -> Result<Lanes> {
        let mut select = self.connection.prepare_cached(
            "SELECT coalesce((SELECT max(valid_from) FROM lane_share WHERE valid_from <= :day),
                             (SELECT min(valid_from) FROM lane_share))",
        )?;
        let edition: Option<String> =
            select.query_row(named_params! { ":day": Text(on) }, |row| row.get(0))?;
        let mut kinds = self
            .connection
            .prepare_cached("SELECT lane, kind FROM lane_kind WHERE valid_from = :edition ORDER BY id")?;
        let kinds = kinds
            .query_map(named_params! { ":edition": edition }, |row| {
                Ok((row.word::<LaneId>("lane")?, row.word("kind")?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let mut select = self.connection.prepare_cached(
            "SELECT lane.id, lane.name, lane_share.is_buffer, lane_share.share
               FROM lane_share
               JOIN lane ON lane.id = lane_share.lane
              WHERE lane_share.valid_from = :edition
              ORDER BY lane.rank, lane.id",
        )?;
        let lanes = select
            .query_map(named_params! { ":edition": edition }, |row| {
                let id = row.word("id")?;
                Ok(Lane {
                    id,
                    name: row.get("name")?,
                    is_buffer: row.get("is_buffer")?,
                    share: row.number("share")?,
                    kinds: kinds.iter().filter(|(lane, _)| *lane == id).map(|(_, kind)| *kind).collect(),
                })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        Lanes::new(lanes).map_err(StoreError::damaged)
    }

    /// The members, by name.
    pub fn members(&self) -> Result<Vec<Member>> {
        let mut hours = self.connection.prepare_cached(
            "SELECT member, valid_from, minutes_a_day, days, share
               FROM member_hours
              ORDER BY valid_from, id",
        )?;
        let hours = hours
            .query_map([], |row| {
                let hours = MemberHours {
                    valid_from: row.word("valid_from")?,
                    a_day: row.maybe_number("minutes_a_day")?,
                    week: row.maybe_number("days")?,
                    share: row.number("share")?,
                };
                Ok((row.word::<MemberId>("member")?, hours))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let mut select = self
            .connection
            .prepare_cached("SELECT id, name, from_day, to_day FROM member ORDER BY name, id")?;
        let members = select.query_map([], |row| {
            let id = row.word("id")?;
            Ok(Member {
                id,
                name: row.get("name")?,
                from: row.word("from_day")?,
                to: row.maybe_word("to_day")?,
                hours: hours.iter().filter(|(member, _)| *member == id).map(|(_, hours)| *hours).collect(),
            })
        })?;
        Ok(members.collect::<Result<_, _>>()?)
    }

    /// The lines of the Definition of Done, in order.
    pub fn definition_of_done(&self) -> Result<Vec<String>> {
        self.definition("definition_of_done")
    }

    /// The lines of the Definition of Ready, in order.
    pub fn definition_of_ready(&self) -> Result<Vec<String>> {
        self.definition("definition_of_ready")
    }

    fn definition(&self, table: &str) -> Result<Vec<String>> {
        let sql = format!("SELECT line FROM {table} ORDER BY rank, id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let lines = select.query_map([], |row| row.get(0))?;
        Ok(lines.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Writes the team's row, or its first one.
    pub fn put_team(&mut self, team: &TeamSettings) -> Result<()> {
        let fresh: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO team (id, name, zone, label_prefix, sprint_days, critical_first, grace_days,
                                   labels_given, created_at)
                 VALUES (coalesce((SELECT id FROM team ORDER BY id LIMIT 1), :fresh), :name, :zone, :label_prefix,
                         :sprint_days, :critical_first, :grace_days, 0, :created_at)
                 ON CONFLICT (id) DO UPDATE
                    SET name = excluded.name, zone = excluded.zone, label_prefix = excluded.label_prefix,
                        sprint_days = excluded.sprint_days, critical_first = excluded.critical_first,
                        grace_days = excluded.grace_days",
            )?
            .execute(named_params! {
                ":fresh": Text(fresh),
                ":name": team.name,
                ":zone": Text(team.zone),
                ":label_prefix": team.label_prefix,
                ":sprint_days": team.sprint_days,
                ":critical_first": team.critical_first,
                ":grace_days": team.grace.days(),
                ":created_at": Number(team.created_at),
            })?;
        Ok(())
    }

    /// Sets the team's working week from a day on.
    pub fn put_working_week(&mut self, valid_from: Day, week: WorkingWeek) -> Result<()> {
        self.connection.execute("DELETE FROM working_week WHERE valid_from = ?1", [Text(valid_from)])?;
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO working_week (id, valid_from, days) VALUES (:id, :valid_from, :days)",
            named_params! { ":id": Text(id), ":valid_from": Text(valid_from), ":days": week.bits() },
        )?;
        Ok(())
    }

    /// Sets how long Scrum events take from a day on.
    pub fn put_scrum_events(&mut self, valid_from: Day, events: &ScrumEvents) -> Result<()> {
        self.connection.execute("DELETE FROM scrum_events WHERE valid_from = ?1", [Text(valid_from)])?;
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO scrum_events (id, valid_from, daily_minutes, planning_minutes, review_minutes,
                                       retrospective_minutes)
             VALUES (:id, :valid_from, :daily, :planning, :review, :retrospective)",
            named_params! {
                ":id": Text(id), ":valid_from": Text(valid_from), ":daily": Number(events.daily),
                ":planning": Number(events.planning), ":review": Number(events.review),
                ":retrospective": Number(events.retrospective),
            },
        )?;
        Ok(())
    }

    /// Adds a holiday.
    pub fn add_holiday(&mut self, day: Day, name: &str) -> Result<RowId> {
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO holiday (id, day, name) VALUES (:id, :day, :name)",
            named_params! { ":id": Text(id), ":day": Text(day), ":name": name },
        )?;
        Ok(id)
    }

    /// Takes a holiday away; answers whether there was one.
    pub fn remove_holiday(&mut self, id: RowId) -> Result<bool> {
        Ok(self.connection.execute("DELETE FROM holiday WHERE id = ?1", [Text(id)])? > 0)
    }

    /// Replaces the lines of the Definition of Done.
    pub fn put_definition_of_done(&mut self, lines: &[String]) -> Result<()> {
        self.put_definition("definition_of_done", lines)
    }

    /// Replaces the lines of the Definition of Ready.
    pub fn put_definition_of_ready(&mut self, lines: &[String]) -> Result<()> {
        self.put_definition("definition_of_ready", lines)
    }

    /// Calls a severity by another name.
    pub fn put_severity_name(&mut self, severity: IncidentSeverity, name: &str) -> Result<()> {
        self.connection.execute("DELETE FROM severity_name WHERE severity = ?1", [Text(severity)])?;
        // A severity that is called by its rank has no name of its own.
        if name == severity.to_string() {
            return Ok(());
        }
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO severity_name (id, severity, name) VALUES (:id, :severity, :name)",
            named_params! { ":id": Text(id), ":severity": Text(severity), ":name": name },
        )?;
        Ok(())
    }

    fn put_definition(&mut self, table: &str, lines: &[String]) -> Result<()> {
        self.connection.execute(&format!("DELETE FROM {table}"), [])?;
        for (line, rank) in lines.iter().zip(Rank::spread(None, None, lines.len())) {
            let id: RowId = self.identity();
            self.connection.execute(
                &format!("INSERT INTO {table} (id, line, rank) VALUES (:id, :line, :rank)"),
                named_params! { ":id": Text(id), ":line": line, ":rank": Text(rank) },
            )?;
        }
        Ok(())
    }

    /// Makes the team's states those of a workflow. Refused by the foreign keys while an item is in a state that goes.
    pub fn put_workflow(&mut self, workflow: &Workflow) -> Result<()> {
        let gone: Vec<StateId> = match self.workflow() {
            Ok(now) => {
                now.all().iter().map(|state| state.id).filter(|id| workflow.get(*id).is_none()).collect()
            }
            // A new file has none yet.
            Err(StoreError::Damaged { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        for id in gone {
            self.connection.execute("DELETE FROM state WHERE id = ?1", [Text(id)])?;
        }
        for (state, rank) in workflow.all().iter().zip(Rank::spread(None, None, workflow.all().len())) {
            self.connection.execute(
                "INSERT INTO state (id, name, category, rank)
                 VALUES (:id, :name, :category, :rank)
                 ON CONFLICT (id) DO UPDATE
                    SET name = excluded.name, category = excluded.category, rank = excluded.rank",
                named_params! {
                    ":id": Text(state.id), ":name": state.name, ":category": Text(state.category), ":rank": Text(rank),
                },
            )?;
        }
        Ok(())
    }

    /// Makes the team's lanes those given from a day on. Lanes that go stay readable for the days before.
    pub fn put_lanes(&mut self, lanes: &Lanes, valid_from: Day) -> Result<()> {
        for table in ["lane_share", "lane_kind"] {
            self.connection
                .execute(&format!("DELETE FROM {table} WHERE valid_from = ?1"), [Text(valid_from)])?;
        }
        for (lane, rank) in lanes.all().iter().zip(Rank::spread(None, None, lanes.all().len())) {
            self.connection.execute(
                "INSERT INTO lane (id, name, rank)
                 VALUES (:id, :name, :rank)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, rank = excluded.rank",
                named_params! { ":id": Text(lane.id), ":name": lane.name, ":rank": Text(rank) },
            )?;
            let share: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO lane_share (id, lane, valid_from, share, is_buffer)
                 VALUES (:id, :lane, :valid_from, :share, :is_buffer)",
                named_params! {
                    ":id": Text(share), ":lane": Text(lane.id), ":valid_from": Text(valid_from),
                    ":share": Number(lane.share), ":is_buffer": lane.is_buffer,
                },
            )?;
            for kind in &lane.kinds {
                let id: RowId = self.identity();
                self.connection.execute(
                    "INSERT INTO lane_kind (id, lane, valid_from, kind) VALUES (:id, :lane, :valid_from, :kind)",
                    named_params! {
                        ":id": Text(id), ":lane": Text(lane.id), ":valid_from": Text(valid_from), ":kind": Text(*kind),
                    },
                )?;
            }
        }
        Ok(())
    }

    /// Writes a member with their working time.
    pub fn put_member(&mut self, member: &Member) -> Result<()> {
        self.connection.execute(
            "INSERT INTO member (id, name, from_day, to_day)
             VALUES (:id, :name, :from_day, :to_day)
             ON CONFLICT (id) DO UPDATE
                SET name = excluded.name, from_day = excluded.from_day, to_day = excluded.to_day",
            named_params! {
                ":id": Text(member.id), ":name": member.name, ":from_day": Text(member.from), ":to_day": text(member.to),
            },
        )?;
        self.connection.execute("DELETE FROM member_hours WHERE member = ?1", [Text(member.id)])?;
        for hours in &member.hours {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO member_hours (id, member, valid_from, minutes_a_day, days, share)
                 VALUES (:id, :member, :valid_from, :minutes_a_day, :days, :share)",
                named_params! {
                    ":id": Text(id), ":member": Text(member.id), ":valid_from": Text(hours.valid_from),
                    ":minutes_a_day": hours.a_day.map(Number), ":days": hours.week.map(WorkingWeek::bits),
                    ":share": Number(hours.share),
                },
            )?;
        }
        Ok(())
    }

    /// Takes a member away, with their absences and their turns on call; the foreign keys refuse it while they own items.
    pub fn remove_member(&mut self, id: MemberId) -> Result<bool> {
        for table in ["member_hours", "absence"] {
            self.connection.execute(&format!("DELETE FROM {table} WHERE member = ?1"), [Text(id)])?;
        }
        self.remove_from_on_call(id)?;
        Ok(self.connection.execute("DELETE FROM member WHERE id = ?1", [Text(id)])? > 0)
    }
}
