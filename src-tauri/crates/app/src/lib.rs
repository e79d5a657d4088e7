//! Commands and views of Evenkeel: what the window and the command line can ask for.
//!
//! 1. A command reads, decides, writes, in that order, inside one operation of the journal; a refused one leaves no
//!    trace. A query writes nothing.
//! 2. Time, chance, files and who sits there come in with the [`Context`]; nothing here knows windows or paths.
//! 3. An area adds a variant and a function; the macros of [`contract`] make the border of it.

pub mod backlog;
pub mod capacity;
pub mod contract;
pub mod daily;
pub mod delivery;
pub mod error;
pub mod exchange;
pub mod flow;
pub mod forecast;
pub mod incident;
pub mod interrupt;
pub mod journal;
pub mod moment;
pub mod on_call;
pub mod priority;
pub mod reliability;
pub mod sample;
pub mod sprint;
pub mod team;

pub use contract::{Answer, Cancel, Context, Outcome, Progress, parse_command, parse_query};
pub use domain::calendar::Instant;
pub use domain::measures::Size;
pub use error::{AppError, ErrorKind};
pub use store::{Access, DailyCopy, Sprint, StoreError, Team, Whose, daily_copies, look_through};

use contract::areas;

areas! {
    /// The Product Backlog.
    Backlog / backlog: backlog::BacklogCommand, backlog::BacklogQuery, backlog::BacklogAnswers;
    /// Priorities of items.
    Priority / priority: priority::PriorityCommand, priority::PriorityQuery, priority::PriorityAnswers;
    /// Sprints.
    Sprint / sprint: sprint::SprintCommand, sprint::SprintQuery, sprint::SprintAnswers;
    /// Burn charts.
    Flow / flow: flow::FlowCommand, flow::FlowQuery, flow::FlowAnswers;
    /// What may come.
    Forecast / forecast: forecast::ForecastCommand, forecast::ForecastQuery, forecast::ForecastAnswers;
    /// Capacity of a Sprint.
    Capacity / capacity: capacity::CapacityCommand, capacity::CapacityQuery, capacity::CapacityAnswers;
    /// Interrupts and the buffer.
    Interrupt / interrupt: interrupt::InterruptCommand, interrupt::InterruptQuery, interrupt::InterruptAnswers;
    /// Incidents.
    Incident / incident: incident::IncidentCommand, incident::IncidentQuery, incident::IncidentAnswers;
    /// Reliability of services.
    Reliability / reliability: reliability::ReliabilityCommand, reliability::ReliabilityQuery, reliability::ReliabilityAnswers;
    /// On call.
    OnCall / on_call: on_call::OnCallCommand, on_call::OnCallQuery, on_call::OnCallAnswers;
    /// The Daily Scrum.
    Daily / daily: daily::DailyCommand, daily::DailyQuery, daily::DailyAnswers;
    /// Deployments and the release gate.
    Delivery / delivery: delivery::DeliveryCommand, delivery::DeliveryQuery, delivery::DeliveryAnswers;
    /// Import.
    Exchange / exchange: exchange::ExchangeCommand, exchange::ExchangeQuery, exchange::ExchangeAnswers;
    /// The team and its working agreement.
    Team / team: team::TeamCommand, team::TeamQuery, team::TeamAnswers;
}

/// Carries out a command as one undoable step. Errors: see [`ErrorKind`]; then nothing has changed.
pub fn run(team: &mut Team, command: Command, context: &Context<'_>) -> Result<Outcome, AppError> {
    carry_out(team, command, context).map_err(|error| error.in_file(team.path()))
}

fn carry_out(team: &mut Team, command: Command, context: &Context<'_>) -> Result<Outcome, AppError> {
    if let Command::Journal(command) = command {
        return journal::run(team, command, context);
    }
    let (operation, outcome) = team.transact(&context.stamp(), |writer| {
        // The file's time, which never runs backwards, dates what the command records.
        let outcome = command.carry_out(writer, &Context { now: writer.now, ..*context })?;
        Ok::<_, AppError>((outcome.title.clone(), outcome))
    })?;
    Ok(Outcome { operation, ..outcome })
}

/// Answers a query with the JSON of its view.
pub fn ask(team: &Team, query: Query, context: &Context<'_>) -> Result<Answer, AppError> {
    team.read().at_once(|reader| query.answer(reader, context)).map_err(|error| error.in_file(team.path()))
}
