//! Notes in the timeline of an incident: what was seen, tried and decided, each with its moment, role and evidence.

use super::change::checked_role;
use super::{incident_of, own_incident};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::moment::WrittenMoment;
use crate::team::members::member_of;
use domain::identity::{IncidentId, MemberId, RowId};
use domain::incident::IncidentNote;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoteForm {
    /// What happened.
    pub text: String,
    /// When, if not now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<WrittenMoment>,
    /// The role of who says so; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub role: String,
    /// Who says so, where it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
    /// A link to the evidence; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub url: String,
}

/// Adds a note to the timeline of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddIncidentNote {
    /// The incident.
    pub incident: IncidentId,
    /// What it says.
    #[serde(flatten)]
    pub note: NoteForm,
}

pub(super) fn add_note(
    writer: &mut Writer<'_>,
    command: AddIncidentNote,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let id = writer.identity();
    let empty = IncidentNote {
        id,
        incident: known.id,
        at: context.now,
        role: String::new(),
        member: None,
        text: String::new(),
        url: String::new(),
        recorded_at: context.now,
    };
    let note = read(writer, command.note, empty, context)?;
    writer.put_incident_note(&note)?;
    Ok(Outcome::titled(format!("Add note to {}", known.label)).created(id))
}

/// Corrects a note; the journal keeps what stood there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CorrectIncidentNote {
    /// The note.
    pub id: RowId,
    /// What it says now; a moment that is not given stays.
    #[serde(flatten)]
    pub note: NoteForm,
}

pub(super) fn correct_note(
    writer: &mut Writer<'_>,
    command: CorrectIncidentNote,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let before = note_of(writer, command.id)?;
    let known = incident_of(writer, before.incident)?;
    let note = read(writer, command.note, before, context)?;
    writer.put_incident_note(&note)?;
    Ok(Outcome::titled(format!("Correct note of {}", known.label)))
}

/// Takes a note away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveIncidentNote {
    /// The note.
    pub id: RowId,
}

pub(super) fn remove_note(
    writer: &mut Writer<'_>,
    command: RemoveIncidentNote,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let note = note_of(writer, command.id)?;
    let known = incident_of(writer, note.incident)?;
    writer.remove_incident_note(note.id)?;
    Ok(Outcome::titled(format!("Remove note of {}", known.label)))
}

fn note_of(reader: &Reader<'_>, id: RowId) -> Result<IncidentNote, AppError> {
    reader.incident_note(id)?.ok_or_else(|| AppError::not_found("note"))
}

/// A note as it is written down, in the place of one that is there or is about to be.
fn read(
    reader: &Reader<'_>,
    form: NoteForm,
    before: IncidentNote,
    context: &Context<'_>,
) -> Result<IncidentNote, AppError> {
    let zone = reader.team()?.zone;
    let text = form.text.trim().to_owned();
    if text.is_empty() {
        let hint = "Write what was seen, tried or decided.";
        return Err(AppError::refused("A note says something.", hint).at("text"));
    }
    let url = form.url.trim().to_owned();
    let leads_somewhere = url.starts_with("https://") || url.starts_with("http://");
    if !url.is_empty() && (!leads_somewhere || url.contains(char::is_whitespace)) {
        let hint = "Copy the whole address, beginning with https://.";
        return Err(AppError::refused("This is no link.", hint).at("url"));
    }
    if let Some(member) = form.member {
        member_of(reader, member)?;
    }
    let at = WrittenMoment::past(form.at.as_ref(), "at", zone, context.now)?.unwrap_or(before.at);
    Ok(IncidentNote { at, role: checked_role(&form.role)?, member: form.member, text, url, ..before })
}
