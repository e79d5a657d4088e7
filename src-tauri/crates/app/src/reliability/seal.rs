//! What is kept of reliability when a Sprint is closed (3.5).
//!
//! 1. Sealed is what was known at the close, up to that moment; a correction seals the window as far as it is past then.
//! 2. A team without services has nothing to seal.

use super::AREA;
use super::chart::seal_lines;
use super::figures::{Period, Scene};
use super::view::ReliabilityFigures;
use crate::error::AppError;
use crate::sprint::{seal, sealed, sprint_of};
use domain::calendar::Instant;
use domain::identity::SprintId;
use store::{Edition, Reader, Writer};

/// Seals the figures of a Sprint, as far as its window is past, in an edition.
pub(crate) fn seal_figures(
    writer: &mut Writer<'_>,
    sprint: SprintId,
    edition: &Edition,
) -> Result<(), AppError> {
    if writer.services()?.is_empty() {
        return Ok(());
    }
    let now = writer.now;
    let (row, sprints) = (sprint_of(writer, sprint)?, writer.sprints()?);
    let period = Period::of_sprint(&row, &sprints, writer.team()?.zone, now);
    let scene = Scene::read(writer, period.from, now)?;
    writer.seal_report(sprint, edition, AREA, &seal(&scene.figures(&period))?)?;
    seal_lines(writer, &scene, &period, edition)
}

/// What late facts change of the uptime of a closed Sprint, within the time that was sealed: of each service the figure
/// before and now, in words.
pub(crate) fn changed(
    reader: &Reader<'_>,
    sprint: SprintId,
) -> Result<Vec<(String, String, String)>, AppError> {
    let Some(body) = reader.report(sprint, AREA, None)? else { return Ok(Vec::new()) };
    let kept: ReliabilityFigures = sealed(&body)?;
    let known = figures_of(reader, sprint, kept.until)?;
    let mut changes = Vec::new();
    for after in &known.services {
        let before = kept.services.iter().find(|one| one.of == after.of);
        let said = |percent: Option<&String>| percent.cloned().unwrap_or_else(|| "not known".to_owned());
        let (was, is) = (before.map(|one| (&one.percent, &one.bad)), (&after.percent, &after.bad));
        if was != Some(is) {
            changes.push((
                format!("Uptime of {}", after.name),
                said(before.and_then(|one| one.percent.as_ref())),
                said(after.percent.as_ref()),
            ));
        }
    }
    Ok(changes)
}

fn figures_of(reader: &Reader<'_>, sprint: SprintId, now: Instant) -> Result<ReliabilityFigures, AppError> {
    let (sprint, sprints) = (sprint_of(reader, sprint)?, reader.sprints()?);
    let period = Period::of_sprint(&sprint, &sprints, reader.team()?.zone, now);
    Ok(Scene::read(reader, period.from, now)?.figures(&period))
}
