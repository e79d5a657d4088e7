//! Interrupts: reported, worked on, ended; what they do to the buffer, and what the team decides about an overflow.
//!
//! 1. An interrupt that arrives while a Sprint runs belongs to it; any other belongs to none until the running Sprint
//!    takes it (4.1).
//! 2. Hours draw on the Sprint of their day; what a closed Sprint came to stays as it was sealed (3.5).
//! 3. What is not known is said and never counted as nothing (1.4).
//! 4. An overflow asks for a decision and blocks nothing (4.2).

use crate::capacity::sprint_lanes;
use crate::contract::{Context, commands, queries};
use crate::error::{AppError, sentence};
use crate::sprint::{When, noon_after};
use crate::team::members::member_of;
use domain::backlog::Dated;
use domain::calendar::{Day, Instant};
use domain::identity::{InterruptId, MemberId, SprintId};
use domain::interrupt::{Interrupt, InterruptFact, parse_hours};
use domain::measures::Minutes;
use domain::team::Lanes;
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint};
use ts_rs::TS;

pub mod book;
pub mod change;
pub mod gauge;
pub mod hours;
pub mod item;
pub mod ledger;
pub mod list;
pub mod overflow;
pub mod rate;

pub(crate) use book::Book;
pub(crate) use gauge::{BufferGauge, seal_close, time_of};

commands! {
    /// Changes of interrupts.
    InterruptCommand {
        /// Reports an interrupt.
        Report(change::ReportInterrupt) => change::report,
        /// Gives an interrupt another title.
        Rename(change::RenameInterrupt) => change::rename,
        /// Says how grave an interrupt is.
        SetSeverity(change::SetInterruptSeverity) => change::set_severity,
        /// Gives an interrupt to a member, or to nobody.
        Assign(change::AssignInterrupt) => change::assign,
        /// Says on which lane an interrupt draws.
        SetLane(change::SetInterruptLane) => change::set_lane,
        /// Says how long an interrupt is expected to take.
        Estimate(change::EstimateInterrupt) => change::estimate,
        /// Ends an interrupt.
        End(change::EndInterrupt) => change::end,
        /// Opens an interrupt again.
        Reopen(change::ReopenInterrupt) => change::reopen,
        /// Takes interrupts into the running Sprint.
        Take(change::TakeInterrupts) => change::take,
        /// Writes down time that was spent on an interrupt.
        AddHours(hours::AddHours) => hours::add_hours,
        /// Corrects time that was written down.
        CorrectHours(hours::CorrectHours) => hours::correct_hours,
        /// Starts timing work on an interrupt.
        StartTimer(hours::StartTimer) => hours::start_timer,
        /// Stops timing and writes the time down.
        StopTimer(hours::StopTimer) => hours::stop_timer,
        /// Makes a Product Backlog item of an interrupt.
        BecomeItem(item::BecomeItem) => item::become_item,
        /// Says which item caused an interrupt.
        LinkCause(item::LinkCause) => item::link_cause,
        /// Takes the link between an interrupt and an item away.
        Unlink(item::Unlink) => item::unlink,
        /// Decides about an overflow of the buffer.
        DecideOverflow(overflow::DecideOverflow) => overflow::decide_overflow,
    }
}

queries! {
    /// Questions about interrupts.
    InterruptQuery / InterruptAnswers {
        /// The interrupts of a Sprint, and those that wait for one.
        List(InterruptsQuestion) -> list::InterruptList => list::list,
        /// One interrupt.
        Interrupt(list::InterruptQuestion) -> list::InterruptPage => list::interrupt_page,
        /// How the buffer of a Sprint stands.
        Gauge(InterruptsQuestion) -> Option<BufferGauge> => gauge::gauge,
        /// What an overflow asks.
        Overflow(InterruptsQuestion) -> Option<overflow::OverflowQuestion> => overflow::overflow,
        /// What interrupts did in a Sprint: they themselves, what they pushed out, how it was split.
        OfSprint(InterruptsQuestion) -> list::InterruptsOfSprint => list::of_sprint,
        /// How many come in a week.
        Rate(crate::contract::Nothing) -> rate::InterruptRate => rate::weekly,
        /// All interrupts, the latest first.
        Latest(rate::LatestInterrupts) -> rate::InterruptHistory => rate::latest,
        /// The splits of the closed Sprints, in order.
        SplitTrend(crate::contract::Nothing) -> ledger::SplitTrend => ledger::split_trend,
    }
}

/// Asks about the interrupts of a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct InterruptsQuestion {
    /// The Sprint; the running one if it is not given.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// Which edition of a closed one, from 1; none is the latest.
    #[ts(optional = nullable)]
    pub edition: Option<u32>,
}

/// A time of work: a number of minutes, or what a person wrote: `1.5`, `90 min`, `1:30`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum WrittenTime {
    /// In minutes.
    Minutes(#[ts(type = "number")] i64),
    /// As it was written.
    Text(String),
}

impl WrittenTime {
    /// The time that is meant; none where nothing is written. Refused at a field where it is no time of a day.
    pub(crate) fn meant(time: Option<&WrittenTime>, field: &str) -> Result<Option<Minutes>, AppError> {
        let text = match time {
            None => return Ok(None),
            Some(WrittenTime::Text(text)) if text.trim().is_empty() => return Ok(None),
            Some(WrittenTime::Text(text)) => text.clone(),
            Some(WrittenTime::Minutes(minutes)) => format!("{minutes} min"),
        };
        parse_hours(&text).map(Some).map_err(|refused| {
            let hint = "Write hours such as 1.5 or 1:30, or minutes such as 45 min; at most 24 h for a day.";
            AppError::refused(sentence(&refused.to_string()), hint).at(field)
        })
    }
}

/// The lanes on which an interrupt can draw: those of a Sprint, else the team's on a day.
fn lanes_to_draw_on(reader: &Reader<'_>, sprint: Option<&Sprint>, today: Day) -> Result<Lanes, AppError> {
    match sprint {
        Some(sprint) => sprint_lanes(reader, sprint),
        None => Ok(reader.lanes(today)?),
    }
}

/// An interrupt that must be there.
fn interrupt_of(reader: &Reader<'_>, id: InterruptId) -> Result<Interrupt, AppError> {
    reader.interrupt(id)?.ok_or_else(|| AppError::not_found("interrupt"))
}

/// A member that must be there, if one is named; answers the name.
fn member_name(reader: &Reader<'_>, member: Option<MemberId>) -> Result<Option<String>, AppError> {
    member.map(|member| Ok(member_of(reader, member)?.name)).transpose()
}

/// A title without spaces around it. Refused where nothing is left, or where it is a text of its own.
fn checked_title(title: &str) -> Result<&str, AppError> {
    let title = title.trim();
    if title.is_empty() {
        let hint = "Say in a few words what happened.";
        return Err(AppError::refused("An interrupt needs a title.", hint).at("title"));
    }
    if title.contains(['\n', '\r']) {
        let hint = "Keep what people see in lists to one line.";
        return Err(AppError::refused("A title is one line.", hint).at("title"));
    }
    Ok(title)
}

/// The moment at which something was so for an interrupt, which may be told of an earlier day.
///
/// A day other than today means its noon, and after what else is known of that day: what happened to the interrupt, and
/// the start of the running Sprint. Refused: what is still to come, and what lies before the interrupt arrived.
fn moment(
    reader: &Reader<'_>,
    facts: &[Dated<InterruptFact>],
    when: When,
    context: &Context<'_>,
) -> Result<Instant, AppError> {
    let zone = reader.team()?.zone;
    let at = match (when.at, when.on) {
        (Some(at), _) => at,
        (None, Some(day)) if day != zone.day_of(context.now) => {
            let known = facts.iter().map(|dated| dated.happened_at);
            let started = reader.active_sprint()?.and_then(|active| active.started_at);
            noon_after(zone, day, known.chain(started))
        }
        _ => context.now,
    };
    let arrived = facts.iter().find(|dated| dated.fact == InterruptFact::Reported);
    when.checked(at, ("arrived", arrived.map(|arrived| arrived.happened_at)), zone, context.now)
}
