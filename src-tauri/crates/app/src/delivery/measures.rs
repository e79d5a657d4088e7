//! The five measures of DORA's 2026 guide in words, of a Sprint or of the last 30 days (12.1).
//!
//! 1. Each measure stands with its definition and how many it stands on. From five on a median or a rate is told, of fewer
//!    what there is; without deployments there is no rate, which is not 0 %.
//! 2. A Sprint's time is the window of its uptime (10.1). A closed Sprint is told as it was sealed (3.5).

use super::Book;
use crate::contract::Context;
use crate::error::AppError;
use crate::incident::lasted;
use crate::reliability::ServiceName;
use crate::sprint::window_of;
use crate::sprint::{SprintName, SprintRecord, seal, sealed, sprint_of};
use domain::calendar::{Day, Instant, Zone};
use domain::delivery::{Deployment, Dora, ENOUGH, Failure, Fraction, Middle};
use domain::identity::{ServiceId, SprintId};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// The name under which a Sprint's report keeps them.
const AREA: &str = "delivery";

/// Asks for the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct MeasuresQuestion {
    /// Of a Sprint; of the last 30 days if it is not given.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// Which edition of a closed one, from 1; none is the latest.
    #[ts(optional = nullable)]
    pub edition: Option<u32>,
}

/// The five measures, of all services and of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryMeasures {
    /// The Sprint; none for the last days.
    pub sprint: Option<SprintName>,
    /// The first day.
    pub first_day: Day,
    /// The last day, also where it lies ahead.
    pub last_day: Day,
    /// Whether the time is over.
    pub is_over: bool,
    /// Whether they are told as they were sealed.
    pub is_sealed: bool,
    /// What each measure means, in order.
    pub definitions: Vec<MeasureDefinition>,
    /// All services together, then each that had a deployment in that time.
    pub rows: Vec<MeasuresRow>,
}

/// What a measure means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MeasureDefinition {
    /// Its name.
    pub title: String,
    /// What it is computed from.
    pub definition: String,
}

/// The measures of one service, or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MeasuresRow {
    /// The service; none is all of them.
    pub service: Option<ServiceName>,
    /// How many deployments reached production.
    pub deployments: u32,
    /// The measures, in the order of their definitions.
    pub measures: Vec<Measure>,
}

/// A measure in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// What it comes to.
    pub said: String,
    /// What that stands on: “median of 12 commits”.
    pub of: String,
    /// What could not be measured; may be empty.
    pub left_out: String,
}

const DEFINITIONS: [(&str, &str); 5] = [
    (
        "Change lead time",
        "From the writing of a commit to the end of the deployment that brought it to production.",
    ),
    ("Deployment frequency", "Deployments that reached production, over the days of the time."),
    (
        "Change fail rate",
        "Failed deployments ÷ deployments. Failed is what was rolled back, mended by a hotfix, or has a confirmed incident.",
    ),
    (
        "Recovery time",
        "From the end of a failed deployment until its last incident was mitigated, else to the end of what repaired it.",
    ),
    ("Rework rate", "Deployments that repair another one, or were unplanned ÷ deployments."),
];

pub(super) fn measures(
    reader: &Reader<'_>,
    question: MeasuresQuestion,
    context: &Context<'_>,
) -> Result<DeliveryMeasures, AppError> {
    let zone = reader.team()?.zone;
    let Some(id) = question.sprint else {
        let today = zone.day_of(context.now);
        let (from, to) = (zone.start_of(today.plus(-29)), zone.start_of(today.plus(1)));
        return compute(reader, None, (from, to), zone, context.now);
    };
    if let Some(body) = reader.report(id, AREA, question.edition)? {
        return sealed(&body);
    }
    let sprint = sprint_of(reader, id)?;
    let window = window_of(&sprint, &reader.sprints()?, zone);
    compute(reader, Some(SprintName::from(&sprint)), window, zone, context.now)
}

/// Seals the measures of a Sprint up to its close, in the edition that was begun last; nothing while the team writes no
/// deployments down.
pub(crate) fn seal_close(
    writer: &mut Writer<'_>,
    record: &SprintRecord,
    until: Instant,
) -> Result<(), AppError> {
    if !writer.has_deployments()? {
        return Ok(());
    }
    let zone = writer.team()?.zone;
    let sprint = sprint_of(writer, record.sprint.id)?;
    let window = window_of(&sprint, &writer.sprints()?, zone);
    let told = compute(writer, Some(SprintName::from(&sprint)), window, zone, until)?;
    let edition = writer.editions(sprint.id)?.pop();
    let edition = edition.ok_or_else(|| AppError::internal("the Sprint has no report yet"))?;
    let told = DeliveryMeasures { is_sealed: true, is_over: true, ..told };
    Ok(writer.seal_report(sprint.id, &edition, AREA, &seal(&told)?)?)
}

fn compute(
    reader: &Reader<'_>,
    sprint: Option<SprintName>,
    (from, to): (Instant, Instant),
    zone: Zone,
    now: Instant,
) -> Result<DeliveryMeasures, AppError> {
    let book = Book::read(reader)?;
    // What is written down at this very moment counts.
    let until = to.min(now.plus_millis(1));
    let row = |service: Option<ServiceName>| {
        let of: Option<ServiceId> = service.as_ref().map(|one| one.id);
        let own: Vec<Deployment> =
            book.deployments.iter().filter(|one| of.is_none_or(|of| one.service == of)).cloned().collect();
        measured(service, &own, &book.failures, from, until)
    };
    let mut rows = vec![row(None)];
    for service in super::list::service_names(reader)? {
        rows.extend(Some(row(Some(service))).filter(|row| row.deployments > 0));
    }
    Ok(DeliveryMeasures {
        sprint,
        first_day: zone.day_of(from),
        last_day: zone.day_of(to.plus_millis(-1)),
        is_over: to <= now,
        is_sealed: false,
        definitions: DEFINITIONS
            .iter()
            .map(|(title, definition)| MeasureDefinition {
                title: (*title).to_owned(),
                definition: (*definition).to_owned(),
            })
            .collect(),
        rows,
    })
}

fn measured(
    service: Option<ServiceName>,
    deployments: &[Deployment],
    failures: &[Failure],
    from: Instant,
    until: Instant,
) -> MeasuresRow {
    let dora = Dora::new(deployments, failures, from, until);
    let measures = vec![
        middle(&dora.lead_time, "commit", "dated after their deployment"),
        frequency(&dora, from, until),
        fraction(dora.failed),
        middle(&dora.recovery, "failure", "not over yet"),
        fraction(dora.rework),
    ];
    MeasuresRow { service, deployments: dora.deployments, measures }
}

fn middle(middle: &Middle, one: &str, why: &str) -> Measure {
    let count = middle.n();
    let left_out = match middle.left_out {
        0 => String::new(),
        left_out => format!("{left_out} left out: {why}"),
    };
    let (said, of) = match middle.median() {
        None => ("–".to_owned(), format!("no {one} is measured")),
        Some(median) if count >= ENOUGH => {
            (lasted(median.round() as i64), format!("median of {}", counted(count, one)))
        }
        Some(_) => {
            // In order of length: the shortest to the longest.
            let ends = [middle.all.first(), middle.all.last()].into_iter().flatten();
            let mut ends: Vec<String> = ends.map(|one| lasted(*one)).collect();
            ends.dedup();
            (ends.join(" to "), format!("{}, too few for a median", counted(count, one)))
        }
    };
    Measure { said, of, left_out }
}

fn fraction(fraction: Fraction) -> Measure {
    let of = fraction.of as usize;
    let (said, of) = match fraction.rate() {
        None => ("–".to_owned(), "no deployments".to_owned()),
        // Half a percent and more is rounded up, as people read it; the parts stand beside.
        Some(rate) if of >= ENOUGH => {
            (format!("{:.0} %", rate * 100.0), format!("{} of {}", fraction.part, counted(of, "deployment")))
        }
        Some(_) => (format!("{} of {of}", fraction.part), "too few for a rate".to_owned()),
    };
    Measure { said, of, left_out: String::new() }
}

fn frequency(dora: &Dora, from: Instant, until: Instant) -> Measure {
    let days = (until.millis() - 1 - from.millis()) / 86_400_000 + 1;
    let whole = days.max(1) as usize;
    let said = match dora.deployments {
        0 => "none".to_owned(),
        _ if dora.a_day >= 1.0 => format!("{:.1} a day", dora.a_day),
        _ => format!("{:.1} a week", dora.a_day * 7.0),
    };
    let of = format!("{} in {}", counted(dora.deployments as usize, "deployment"), counted(whole, "day"));
    Measure { said, of, left_out: String::new() }
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
