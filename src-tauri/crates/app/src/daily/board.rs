//! All that a Daily Scrum looks at, in one view.
//!
//! 1. What asks for somebody stands first: unowned before owned, graver before less grave, older before younger.
//! 2. Items are those that the team works on, what is nearest to done first, and those that were finished since the last
//!    Daily Scrum.
//! 3. A service is worse the less of its error budget is left; what is not known is said (10.4).

use super::change::of_today;
use super::news::{NewsGroup, SprintNews, since_said};
use crate::backlog::{MemberName, Waiting, WaitsFor};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::flow::work::ageing_now;
use crate::interrupt::list::rows_now;
use crate::interrupt::rate::{day_of, weekly};
use crate::interrupt::{Book, BufferGauge};
use crate::on_call::{on_call_at, on_call_days};
use crate::reliability::health;
use crate::reliability::view::ServiceHealth;
use crate::sprint::SprintRecord;
use crate::team::{counted, short, together};
use domain::backlog::{Category, Item};
use domain::calendar::{Day, Instant, WorkCalendar, Zone};
use domain::daily::{DailyNote, NoteKind, blocked_since, news_since, walk_place, working_days_since};
use domain::flow::Ageing;
use domain::identity::{DailyId, IncidentId, InterruptId, ItemId, MemberId, RowId, SprintId, StateId};
use domain::incident::{LinkStanding, LinkTarget};
use domain::interrupt::{IncidentSeverity, Rate, rate};
use domain::measures::{Share, Size};
use domain::sprint::Phase;
use domain::team::{Member, State};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{IncidentFilter, InterruptFilter, ItemFilter, Reader};
use ts_rs::TS;

/// All that a Daily Scrum looks at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyBoard {
    /// Today.
    pub today: Day,
    /// Now.
    pub now: Instant,
    /// The running Sprint; none while none runs.
    pub sprint: Option<DailySprint>,
    /// The Daily Scrum of today, going on or over; none where none was begun.
    pub daily: Option<DailyOfToday>,
    /// How many minutes the team gives it.
    #[ts(type = "number")]
    pub minutes: i64,
    /// Since when there is news, in words: “since the Daily Scrum of Monday, 23 November”.
    pub since_said: String,
    /// What is new since then, in groups.
    pub news: Vec<NewsGroup>,
    /// How much comes from production, held against what is usual.
    pub load: DailyLoad,
    /// How the services are, the worst first (rule 3).
    pub services: Vec<ServiceHealth>,
    /// What in production needs somebody (rule 1).
    pub triage: Vec<DailyTriage>,
    /// What stands in the way of the Sprint's items, the oldest first.
    pub blockers: Vec<DailyBlocker>,
    /// After how many working days a blocker asks for more than the Daily Scrum.
    pub limit_days: u32,
    /// How the buffer stands; none where no Sprint runs.
    pub gauge: Option<BufferGauge>,
    /// Items that are older than the team's 85th percentile, in words: “3 items are older than 4 days …”.
    pub ageing_said: String,
    /// The members of today, who is on call first, then who is there, then who is away.
    pub people: Vec<DailyPerson>,
    /// The items (rule 2).
    pub items: Vec<DailyItem>,
    /// The team's states, in their order.
    pub states: Vec<DailyState>,
    /// Items of the Sprint that nobody has begun.
    pub to_do: u32,
    /// What was said today.
    pub notes: Vec<NoteLine>,
}

/// The running Sprint in a Daily Scrum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailySprint {
    /// Its identity.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The Sprint Goal; may be empty.
    pub goal: String,
    /// Where it stands.
    pub phase: Phase,
    /// Which of its working days today is, in words: “day 4 of 9”.
    pub said: String,
}

/// The Daily Scrum of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyOfToday {
    /// Its identity.
    pub id: DailyId,
    /// When it began.
    pub held_at: Instant,
    /// When it was ended.
    pub ended_at: Option<Instant>,
}

/// How much comes from production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyLoad {
    /// Interrupts, and incidents without one, that came in this week.
    pub this_week: u32,
    /// How many of both come at most in 85 % of weeks; none where too few weeks are known.
    pub usual: Option<u32>,
    /// Whether more came than usual.
    pub spike: bool,
    /// The same in words.
    pub said: String,
}

/// Something in production that needs somebody: an incident, or an interrupt that belongs to no open one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyTriage {
    /// The incident.
    pub incident: Option<IncidentId>,
    /// The interrupt; of an incident the one that counts its hours.
    pub interrupt: Option<InterruptId>,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// What the team calls that.
    pub severity_name: String,
    /// Who has it.
    pub owner: Option<MemberId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// Since when.
    pub since: Option<Instant>,
    /// For how long, and what it took, in words: “for 5 h, 1 h 30 min of work”.
    pub said: String,
}

/// What stands in the way of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyBlocker {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Who owns the item.
    pub owner: Option<MemberId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// What stands in its way.
    pub reason: String,
    /// Since when.
    pub since: Option<Instant>,
    /// For how many working days.
    pub days: u32,
    /// The same in words: “since Monday, 23 November: 1 working day”.
    pub said: String,
    /// Whether it has reached the team's limit.
    pub escalated: bool,
    /// For which items it waits.
    pub waits: Vec<WaitsFor>,
}

/// A member in a Daily Scrum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyPerson {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Whether they are there today, wholly or in part.
    pub here: bool,
    /// Whether they are on call now or today.
    pub on_call: bool,
    /// What is to be known of their day, in words: “on call (Primary)”, “away until 27 November”; empty for an ordinary one.
    pub said: String,
}

/// An item in a Daily Scrum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyItem {
    /// Its identity.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The name of its state.
    pub state: String,
    /// What that means.
    pub category: Category,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// What stands in its way.
    pub blocked: Option<String>,
    /// For how many days it has been in work; none where it is not.
    pub days: Option<u32>,
    /// Whether that is more than the team's 85th percentile.
    pub aged: bool,
    /// What is new of it since the last Daily Scrum, in words; empty where nothing is.
    pub news: String,
}

/// A state of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DailyState {
    /// Its identity.
    pub state: StateId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub category: Category,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DailyNoteLine")]
pub struct NoteLine {
    /// Its identity.
    pub id: RowId,
    /// A note or a decision.
    pub kind: NoteKind,
    /// What.
    pub text: String,
    /// When it was written down.
    pub at: Instant,
    /// Of whom.
    pub member: Option<MemberId>,
    /// Their name.
    pub member_name: Option<String>,
    /// Of which item.
    pub item: Option<ItemId>,
    /// Its label.
    pub item_label: Option<String>,
}

impl DailyState {
    fn of(state: &State) -> DailyState {
        DailyState { state: state.id, name: state.name.clone(), category: state.category }
    }
}

pub(super) fn board(reader: &Reader<'_>, _: Nothing, context: &Context<'_>) -> Result<DailyBoard, AppError> {
    let now = context.now;
    let calendar = reader.calendar()?;
    let (zone, today) = (calendar.zone, calendar.zone.day_of(now));
    let members = reader.members()?;
    let named: HashMap<MemberId, String> =
        members.iter().map(|member| (member.id, member.name.clone())).collect();
    let record = SprintRecord::running(reader)?;
    let dailies = reader.dailies(30)?;
    let started = reader.active_sprint()?.and_then(|sprint| sprint.started_at);
    let (since, last) = news_since(&dailies, started, now, &calendar);
    let daily = of_today(reader, now)?;
    let news = SprintNews::read(reader, record.as_ref(), (since, now), (&members, &named))?;
    let ageing = ageing_now(reader, now)?;
    let limit = reader.blocker_limit()?;
    let notes = NoteNames::read(reader)?;
    let mut board = DailyBoard {
        today,
        now,
        sprint: None,
        minutes: reader.scrum_events(today)?.daily.in_minutes(),
        since_said: since_said(since, last.is_some(), started, zone),
        load: load(reader, zone, context)?,
        services: services(reader, now)?,
        triage: triage(reader, now)?,
        blockers: Vec::new(),
        limit_days: limit.days(),
        gauge: None,
        ageing_said: String::new(),
        people: people(reader, &members, now, today)?,
        items: Vec::new(),
        states: reader.workflow()?.all().iter().map(DailyState::of).collect(),
        to_do: 0,
        notes: daily.as_ref().map_or(Ok(Vec::new()), |daily| notes.lines(reader, daily.id))?,
        daily: daily.map(|daily| DailyOfToday {
            id: daily.id,
            held_at: daily.held_at,
            ended_at: daily.ended_at,
        }),
        news: Vec::new(),
    };
    if let Some(record) = &record {
        let mine = reader.items(ItemFilter::InSprint(record.sprint.id))?;
        board.sprint = Some(sprint_line(record, today));
        board.gauge = Some(BufferGauge::of(&Book::read(reader, record, now)?));
        board.to_do =
            mine.iter().filter(|item| record.workflow.category(item.present.state) == Category::ToDo).count()
                as u32;
        for item in mine.iter().filter(|item| item.present.blocked.is_some()) {
            if !record.workflow.category(item.present.state).is_end() {
                board.blockers.push(blocker(reader, item, &named, today, &calendar)?);
            }
        }
        let waiting = Waiting::read(reader, &board.blockers.iter().map(|one| one.item).collect::<Vec<_>>())?;
        for one in &mut board.blockers {
            one.waits = waiting.of(one.item);
            one.escalated = limit.is_reached(one.days);
        }
        board.blockers.sort_by_key(|one| (one.since.is_none(), one.since));
        let days = ages(&ageing);
        board.items = items(record, mine, &days, &news, &named);
        board.ageing_said = ageing_said(&ageing, &board.items);
    }
    board.news = news.groups();
    Ok(board)
}

fn sprint_line(record: &SprintRecord, today: Day) -> DailySprint {
    let (sprint, zone) = (&record.sprint, record.calendar.zone);
    let days = &record.commitment.working_days;
    let left = record.commitment.working_days_left(today, &record.calendar);
    let place = days.iter().position(|day| *day == today);
    let said = match place {
        Some(place) => format!("day {} of {}", place + 1, days.len()),
        None if left == 0 => "its last day is over".to_owned(),
        None => format!("no working day, {} left", counted(left, "working day")),
    };
    DailySprint {
        id: sprint.id,
        name: sprint.name.clone(),
        goal: sprint.goal.clone(),
        phase: sprint.phase(zone.start_of(today).plus_millis(12 * 3_600_000), zone),
        said,
    }
}

/// How many interrupts, and incidents without one, came this week, held against the weeks before.
fn load(reader: &Reader<'_>, zone: Zone, context: &Context<'_>) -> Result<DailyLoad, AppError> {
    let today = zone.day_of(context.now);
    let interrupts = reader.interrupts(InterruptFilter::All)?;
    let incidents = days_of_incidents(reader, zone)?;
    let reported = interrupts
        .iter()
        .filter_map(|one| one.present.reported_at)
        .map(|at| zone.day_of(at) >= today.monday());
    let of_interrupts = reported.map(u32::from).sum();
    let of_incidents = incidents.iter().map(|day| u32::from(*day >= today.monday())).sum();
    let this_week = of_interrupts + of_incidents;
    let usual = match weekly(reader, Nothing {}, context)?.rate {
        Rate::Known(known) => {
            let weeks: Vec<(Day, Day)> =
                known.weeks.iter().map(|week| (week.monday, week.monday.plus(6))).collect();
            let mut arrivals = incidents;
            arrivals.extend(interrupts.iter().filter_map(|one| day_of(one, zone)));
            match rate(&arrivals, &weeks, &[], today) {
                Rate::Known(both) => Some(both.most),
                Rate::TooShort { .. } => None,
            }
        }
        Rate::TooShort { .. } => None,
    };
    let spike = usual.is_some_and(|usual| this_week > usual);
    let came = match (of_interrupts, of_incidents) {
        (0, 0) => "No interrupt or incident".to_owned(),
        (some, 0) => counted(some, "interrupt"),
        (0, some) => format!("{} without an interrupt", counted(some, "incident")),
        (some, others) => {
            format!("{} and {} without one", counted(some, "interrupt"), counted(others, "incident"))
        }
    };
    let said = match usual {
        Some(usual) if spike => format!("{came} this week: more than usual, 85 % of weeks have ≤ {usual}"),
        Some(usual) => format!("{came} this week; 85 % of weeks have ≤ {usual}"),
        None => format!("{came} this week"),
    };
    Ok(DailyLoad { this_week, usual, spike, said })
}

/// The days on which incidents came that no interrupt counts; one that was merged came with the other.
fn days_of_incidents(reader: &Reader<'_>, zone: Zone) -> Result<Vec<Day>, AppError> {
    let links = reader.incident_links(None)?.into_iter();
    let counted: HashSet<IncidentId> = links
        .filter(|link| {
            matches!(link.to, LinkTarget::Interrupt(_)) && link.standing == LinkStanding::Confirmed
        })
        .map(|link| link.incident)
        .collect();
    let own = reader.incidents(IncidentFilter::All)?.into_iter();
    let own = own.filter(|one| one.now.merged_into.is_none() && !counted.contains(&one.id));
    Ok(own.filter_map(|one| one.now.reported_at.or(one.now.since())).map(|at| zone.day_of(at)).collect())
}

/// How the services are: what does not answer first, then by what is left of the error budget.
fn services(reader: &Reader<'_>, now: Instant) -> Result<Vec<ServiceHealth>, AppError> {
    let mut services = health(reader, now)?;
    let left = |service: &ServiceHealth| service.remaining.unwrap_or(f64::INFINITY);
    // Stable: where nothing tells them apart the team's order stays.
    services.sort_by(|one, other| {
        other.state.is_down().cmp(&one.state.is_down()).then(left(one).total_cmp(&left(other)))
    });
    Ok(services)
}

fn triage(reader: &Reader<'_>, now: Instant) -> Result<Vec<DailyTriage>, AppError> {
    let incidents = crate::incident::triage(reader, now)?;
    let counted_there: Vec<InterruptId> = incidents.iter().filter_map(|one| one.interrupt).collect();
    let open = reader.interrupts(InterruptFilter::Open)?;
    let mut rows: Vec<DailyTriage> = rows_now(reader, open)?
        .into_iter()
        .filter(|row| !counted_there.contains(&row.id))
        .map(|row| {
            let age = row.reported_at.map(|at| age_said(at, now));
            let work = row.took.map(|_| format!("{} of work", row.time_said));
            let expected = (row.took.is_none() && row.estimate.is_some()).then(|| row.time_said.clone());
            let said: Vec<String> = [age, work, expected].into_iter().flatten().collect();
            DailyTriage {
                incident: None,
                interrupt: Some(row.id),
                label: row.label,
                title: row.title,
                severity: row.severity,
                severity_name: row.severity_name,
                owner: row.owner,
                owner_name: row.owner_name,
                since: row.reported_at,
                said: said.join(", "),
            }
        })
        .collect();
    rows.extend(incidents.into_iter().map(|row| {
        let age = row.since.map(|at| age_said(at, now));
        let services: Vec<String> = row.services.into_iter().map(|service| service.name).collect();
        let services = (!services.is_empty()).then(|| together(&services));
        let said = [age, Some(row.stage_said).filter(|said| !said.is_empty()), services];
        DailyTriage {
            incident: Some(row.id),
            interrupt: row.interrupt,
            label: row.label,
            title: row.title,
            severity: row.severity,
            severity_name: row.severity_name,
            owner: row.owner,
            owner_name: row.owner_name,
            since: row.since,
            said: said.into_iter().flatten().collect::<Vec<_>>().join(", "),
        }
    }));
    rows.sort_by_key(|row| (row.owner.is_some(), row.severity, row.since));
    Ok(rows)
}

/// For how long something lasts, as people say it: “for 12 min”, “for 5 h”, “for 3 days”.
pub(super) fn age_said(since: Instant, now: Instant) -> String {
    let minutes = (now.millis() - since.millis()).max(0) / 60_000;
    match (minutes / 60, minutes) {
        (0, 0) => "new".to_owned(),
        (0, minutes) => format!("for {minutes} min"),
        (hours, _) if hours < 48 => format!("for {hours} h"),
        (hours, _) => format!("for {}", counted(u32::try_from(hours / 24).unwrap_or(u32::MAX), "day")),
    }
}

fn blocker(
    reader: &Reader<'_>,
    item: &Item,
    named: &HashMap<MemberId, String>,
    today: Day,
    calendar: &WorkCalendar,
) -> Result<DailyBlocker, AppError> {
    let since = blocked_since(&reader.item_facts(item.id)?);
    let day = since.map(|at| calendar.zone.day_of(at));
    let days = day.map_or(0, |day| working_days_since(day, today, calendar));
    let said = match day {
        Some(day) if day == today => "since today".to_owned(),
        Some(day) => format!("since {}: {}", weekday(day), counted(days, "working day")),
        None => "nobody knows since when".to_owned(),
    };
    Ok(DailyBlocker {
        item: item.id,
        label: item.label.clone(),
        title: item.title.clone(),
        owner: item.present.owner,
        owner_name: item.present.owner.and_then(|owner| named.get(&owner).cloned()),
        reason: item.present.blocked.clone().unwrap_or_default(),
        since,
        days,
        said,
        escalated: false,
        waits: Vec::new(),
    })
}

/// “Monday, 23 November”.
pub(super) fn weekday(day: Day) -> String {
    day.date().format("%A, %-d %B").to_string()
}

/// For each item in work how many days it is, and whether that is more than the 85th percentile.
fn ages(ageing: &Ageing) -> HashMap<ItemId, (u32, bool)> {
    let most = ageing.percentile(85);
    let age = |days: u32| (days, most.is_some_and(|most| days > most));
    ageing.items().into_iter().map(|one| (one.item.id, age(one.days))).collect()
}

fn items(
    record: &SprintRecord,
    mine: Vec<Item>,
    ages: &HashMap<ItemId, (u32, bool)>,
    news: &SprintNews,
    named: &HashMap<MemberId, String>,
) -> Vec<DailyItem> {
    let workflow = &record.workflow;
    let mut placed: Vec<(usize, DailyItem)> = Vec::new();
    for item in mine {
        let present = item.present;
        let category = workflow.category(present.state);
        let place = match walk_place(present.state, present.blocked.is_some(), workflow) {
            Some(place) => place,
            None if news.is_finished(item.id) => usize::MAX,
            None => continue,
        };
        let age = ages.get(&item.id).copied();
        placed.push((
            place,
            DailyItem {
                id: item.id,
                label: item.label,
                title: item.title,
                state: present
                    .state
                    .and_then(|state| workflow.get(state))
                    .map(|state| state.name.clone())
                    .unwrap_or_default(),
                category,
                size: present.size,
                owner: present.owner,
                owner_name: present.owner.and_then(|owner| named.get(&owner).cloned()),
                blocked: present.blocked.filter(|_| !category.is_end()),
                days: age.map(|(days, _)| days),
                aged: age.is_some_and(|(_, aged)| aged),
                news: news.of(item.id),
            },
        ));
    }
    // Stable: within a state the order of the Product Backlog stays.
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, item)| item).collect()
}

fn ageing_said(ageing: &Ageing, items: &[DailyItem]) -> String {
    let Some(most) = ageing.percentile(85) else {
        return format!(
            "{} of the last 12 weeks are too few to say what is old",
            counted(ageing.measured, "finished item")
        );
    };
    let aged = items.iter().filter(|item| item.aged).count() as u32;
    let usual = format!("85 % of items are done within {}", counted(most, "day"));
    match aged {
        0 => format!("Nothing in work is old: {usual}"),
        1 => format!("1 item is older: {usual}"),
        aged => format!("{aged} items are older: {usual}"),
    }
}

/// Who is there today, who is on call, who is away.
fn people(
    reader: &Reader<'_>,
    members: &[Member],
    now: Instant,
    today: Day,
) -> Result<Vec<DailyPerson>, AppError> {
    let absences = reader.absences(today, today)?;
    let now_on_call = on_call_at(reader, now)?;
    let today_on_call = on_call_days(reader, today, today)?;
    let works = reader.calendar()?.works_on(today);
    let mut people = Vec::new();
    for member in members.iter().filter(|member| member.belongs_on(today)) {
        let away = absences.iter().find(|absence| absence.member == member.id);
        let levels: Vec<String> = now_on_call
            .iter()
            .filter(|shift| shift.member == member.id)
            .map(|shift| shift.level_name.clone())
            .collect();
        let on_call = !levels.is_empty() || today_on_call.contains(&(member.id, today));
        let mut said = Vec::new();
        if on_call {
            said.push(match together(&levels) {
                levels if levels.is_empty() => "on call today".to_owned(),
                levels => format!("on call ({levels})"),
            });
        }
        match away {
            Some(away) if away.away == Share::WHOLE && away.last > today => {
                said.push(format!("away until {}", short(away.last)));
            }
            Some(away) if away.away == Share::WHOLE => said.push("away today".to_owned()),
            Some(away) => said.push(format!("{} of the day away", away.away)),
            None if works && !member.works_on(today) => said.push("does not work today".to_owned()),
            None => {}
        }
        let here = away.is_none_or(|away| away.away != Share::WHOLE) && (!works || member.works_on(today));
        people.push(DailyPerson {
            member: member.id,
            name: member.name.clone(),
            here,
            on_call,
            said: said.join(", "),
        });
    }
    people.sort_by_key(|person| (!person.here, !person.on_call, person.name.to_lowercase()));
    Ok(people)
}

/// What notes are named by.
pub(super) struct NoteNames(Vec<MemberName>);

impl NoteNames {
    pub(super) fn read(reader: &Reader<'_>) -> Result<NoteNames, AppError> {
        Ok(NoteNames(reader.members()?.iter().map(MemberName::of).collect()))
    }

    /// What was said in a Daily Scrum, in its order.
    pub(super) fn lines(&self, reader: &Reader<'_>, daily: DailyId) -> Result<Vec<NoteLine>, AppError> {
        let notes = reader.daily_notes(daily)?;
        let items = reader.flow_items(notes.iter().filter_map(|note| note.item))?;
        let line = |note: DailyNote| NoteLine {
            id: note.id,
            kind: note.kind,
            text: note.text,
            at: note.noted_at,
            member: note.member,
            member_name: note
                .member
                .and_then(|id| self.0.iter().find(|member| member.id == id))
                .map(|member| member.name.clone()),
            item: note.item,
            item_label: note.item.and_then(|id| items.get(&id)).map(|item| item.label.clone()),
        };
        Ok(notes.into_iter().map(line).collect())
    }
}
