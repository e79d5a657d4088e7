//! What the team calls the severities of incidents and interrupts (8.1).
//!
//! 1. A severity keeps its rank and its meaning; only its name is changed, and it is shown everywhere at once.
//! 2. What a closed Sprint sealed keeps the names of its time.

use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use domain::interrupt::{IncidentSeverity, SeverityNameRefused, SeverityNames};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// A severity and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeverityName {
    /// The severity, by its rank.
    pub severity: IncidentSeverity,
    /// What the team calls it.
    pub name: String,
}

impl SeverityName {
    /// All five, the gravest first.
    pub(crate) fn all(reader: &Reader<'_>) -> Result<Vec<SeverityName>, AppError> {
        let names = reader.severity_names()?;
        let named = |severity: &IncidentSeverity| SeverityName {
            severity: *severity,
            name: names.of(*severity).to_owned(),
        };
        Ok(IncidentSeverity::ALL.iter().map(named).collect())
    }
}

/// Gives a severity another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameSeverity {
    /// The severity.
    pub severity: IncidentSeverity,
    /// Its new name; empty to call it by its rank again.
    pub name: String,
}

pub(super) fn rename_severity(
    writer: &mut Writer<'_>,
    command: RenameSeverity,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let RenameSeverity { severity, name } = command;
    let before = writer.severity_names()?;
    let names = before.renamed(severity, &name).map_err(|refused| {
        let hint = match &refused {
            SeverityNameRefused::Taken { .. } => "Give each of the five a name of its own.".to_owned(),
            SeverityNameRefused::TooLong { .. } => {
                format!("Take at most {} letters: it stands in lists and on charts.", SeverityNames::LONGEST)
            }
        };
        AppError::refused(format!("{}.", sentence(&refused.to_string()).trim_end_matches('.')), hint)
            .at("severities")
    })?;
    if names != before {
        writer.put_severity_name(severity, names.of(severity))?;
    }
    Ok(Outcome::titled(format!("Call {} {}", before.of(severity), names.of(severity))))
}
