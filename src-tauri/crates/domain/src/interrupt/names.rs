//! What a team calls the severities of incidents and interrupts (8.1).
//!
//! 1. There are always five, from the gravest; only what they are called is the team's.
//! 2. No two are called alike, whatever their capitals; one without a name of its own is called P1 to P5.

use super::IncidentSeverity;
use serde::{Deserialize, Serialize};

/// The names of the five severities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityNames([String; 5]);

impl Default for SeverityNames {
    fn default() -> SeverityNames {
        SeverityNames(
            [
                IncidentSeverity::P1,
                IncidentSeverity::P2,
                IncidentSeverity::P3,
                IncidentSeverity::P4,
                IncidentSeverity::P5,
            ]
            .map(|severity| severity.to_string()),
        )
    }
}

impl SeverityNames {
    /// How many letters a name has at most: it stands in columns and on marks of charts.
    pub const LONGEST: usize = 20;

    /// What a severity is called.
    pub fn of(&self, severity: IncidentSeverity) -> &str {
        let [p1, p2, p3, p4, p5] = &self.0;
        match severity {
            IncidentSeverity::P1 => p1,
            IncidentSeverity::P2 => p2,
            IncidentSeverity::P3 => p3,
            IncidentSeverity::P4 => p4,
            IncidentSeverity::P5 => p5,
        }
    }

    /// The names with another one; an empty one gives back P1 to P5.
    pub fn renamed(
        &self,
        severity: IncidentSeverity,
        name: &str,
    ) -> Result<SeverityNames, SeverityNameRefused> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if name.is_empty() { severity.to_string() } else { name };
        if name.chars().count() > SeverityNames::LONGEST {
            return Err(SeverityNameRefused::TooLong { name });
        }
        let lower = name.to_lowercase();
        // The word of another severity stays its own: else P1 could come to mean the third.
        let is_taken = |other: &&IncidentSeverity| {
            **other != severity
                && (self.of(**other).to_lowercase() == lower || other.to_string().to_lowercase() == lower)
        };
        if let Some(other) = IncidentSeverity::ALL.iter().find(is_taken) {
            return Err(SeverityNameRefused::Taken { name, by: *other });
        }
        let mut names = self.clone();
        if let Some(own) = names.0.get_mut(severity as usize) {
            *own = name;
        }
        Ok(names)
    }
}

/// Why a severity cannot be called so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeverityNameRefused {
    /// Another one is called so, or is that one.
    #[error("“{name}” is what {by} is called")]
    Taken {
        /// The name.
        name: String,
        /// The other one.
        by: IncidentSeverity,
    },
    /// It has more letters than [`SeverityNames::LONGEST`].
    #[error("“{name}” is too long for a severity")]
    TooLong {
        /// The name.
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_8_1_each_severity_can_be_called_otherwise_and_back() {
        let names = SeverityNames::default();
        assert_eq!(names.of(IncidentSeverity::P1), "P1");
        let names = names.renamed(IncidentSeverity::P1, "  Everything   is down ").unwrap();
        assert_eq!(names.of(IncidentSeverity::P1), "Everything is down");
        assert_eq!(names.of(IncidentSeverity::P2), "P2");
        let names = names.renamed(IncidentSeverity::P5, "Wish").unwrap();
        assert_eq!(names.of(IncidentSeverity::P5), "Wish");
        assert_eq!(
            names.renamed(IncidentSeverity::P1, "").unwrap().renamed(IncidentSeverity::P5, " ").unwrap(),
            SeverityNames::default()
        );
    }

    #[test]
    fn no_two_severities_are_called_alike() {
        let names = SeverityNames::default().renamed(IncidentSeverity::P1, "Down").unwrap();
        let refused = |severity, name: &str| names.renamed(severity, name).unwrap_err().to_string();
        assert_eq!(refused(IncidentSeverity::P2, "down"), "“down” is what P1 is called");
        assert_eq!(
            refused(IncidentSeverity::P2, "P1"),
            "“P1” is what P1 is called",
            "its word stays its own"
        );
        assert_eq!(
            refused(IncidentSeverity::P2, "The customers call us all day"),
            "“The customers call us all day” is too long for a severity"
        );
        assert_eq!(names.renamed(IncidentSeverity::P1, "Down"), Ok(names.clone()));
    }
}
