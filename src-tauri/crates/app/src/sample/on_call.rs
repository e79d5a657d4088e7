//! On call in the sample's story.

use super::{Play, misread, read, words};
use crate::error::AppError;
use crate::on_call::OnCallCommand;
use crate::on_call::handover::WriteHandoverNote;
use crate::on_call::import::{ImportShifts, ShiftFileQuestion};
use crate::on_call::rotation::SaveRotation;
use crate::{Command, Context, run};
use domain::identity::MemberId;
use domain::on_call::TurnUnit;

impl Play<'_> {
    /// `shifts SPRINT NAMES`: who was on call week by week before, brought in from a table; `rotation LEVEL DAY NAMES`: a week
    /// each from nine o'clock on; `watch TEXT`: a note for the next handover.
    pub(super) fn on_call(&mut self, verb: &str, rest: &'static str) -> Result<(), AppError> {
        let command = match verb {
            "shifts" => {
                let [sprint, names] = words::<2>(rest);
                let first = self.days.first(read(sprint)?);
                let mut table = "from,to,person\n".to_owned();
                for (week, name) in names.split_whitespace().enumerate() {
                    let monday = first.plus(7 * week as i64);
                    table += &format!("{monday},{},{name}\n", monday.plus(6));
                }
                let asked = ShiftFileQuestion::default();
                let import = ImportShifts { asked, source: "rota.csv".into() };
                self.clock = self.clock.plus_millis(1_000);
                let context = Context {
                    now: self.clock,
                    person: "Ana",
                    attachment: Some(table.as_bytes()),
                    ..*self.context
                };
                let import = Command::OnCall(OnCallCommand::ImportShifts(import));
                return run(self.team, import, &context).map(drop);
            }
            "rotation" => {
                let [level, day, names] = words::<3>(rest);
                let known = self.team.read().on_call_levels()?;
                let known = known.iter().find(|known| known.name == level).map(|level| level.id);
                let mut people: Vec<MemberId> = Vec::new();
                for name in names.split_whitespace() {
                    people.push(self.member(name)?.ok_or_else(|| misread(name))?);
                }
                OnCallCommand::SaveRotation(SaveRotation {
                    id: None,
                    level: known,
                    level_name: level.into(),
                    name: String::new(),
                    zone: String::new(),
                    first: format!("{} 09:00", self.days.day(day)?),
                    unit: TurnUnit::Weeks,
                    length: 1,
                    people,
                    only: Vec::new(),
                })
            }
            _ => {
                let levels = self.team.read().on_call_levels()?;
                let level = levels.first().ok_or_else(|| misread("no level"))?.id;
                OnCallCommand::WriteHandoverNote(WriteHandoverNote { level, text: rest.into() })
            }
        };
        self.run(Command::OnCall(command)).map(drop)
    }
}
