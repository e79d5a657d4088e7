//! A service that the team runs.

use crate::identity::{RowId, ServiceId};
use crate::measures::Share;

/// A service that the team runs, as people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Who it is.
    pub id: ServiceId,
    /// Its name, such as `checkout`; no two services share one, whatever their letters' case.
    pub name: String,
    /// What people should know of it; may be empty.
    pub note: String,
}

impl Service {
    /// The service with its name and note trimmed. Refused without a name, or with the name of another one.
    pub fn checked(self, others: &[Service]) -> Result<Service, ServiceRefused> {
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            return Err(ServiceRefused::NoName);
        }
        if name.chars().count() > 60 || name.contains(['\n', '\r']) {
            return Err(ServiceRefused::LongName);
        }
        if let Some(other) = others.iter().find(|other| other.id != self.id && other.is_called(&name)) {
            return Err(ServiceRefused::NameTaken { name: other.name.clone() });
        }
        Ok(Service { name, note: self.note.trim().to_owned(), ..self })
    }

    /// Whether people mean this one by a name.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.trim().to_lowercase()
    }
}

/// Services that are told together: a product, or a journey of its users (10.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceGroup {
    /// Who it is.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// Whether its uptime is the weighted mean of its services; else it is up when all of them are.
    pub is_mean: bool,
    /// Its services with their weights, in the team's order; without a mean the weights say nothing.
    pub services: Vec<(ServiceId, Share)>,
}

/// Why something is no service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceRefused {
    /// It has no name.
    #[error("a service needs a name")]
    NoName,
    /// Its name does not fit into a list.
    #[error("the name of a service is one line of at most 60 letters")]
    LongName,
    /// Another one has the name.
    #[error("there is a service {name} already")]
    NameTaken {
        /// That name.
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn service(number: u128, name: &str) -> Service {
        Service { id: Uuid::from_u128(number).into(), name: name.into(), note: String::new() }
    }

    #[test]
    fn no_two_services_are_called_the_same() {
        let others = [service(1, "checkout")];
        let taken = ServiceRefused::NameTaken { name: "checkout".into() };
        assert_eq!(service(2, " Checkout ").checked(&others), Err(taken));
        assert_eq!(service(1, " Checkout ").checked(&others), Ok(service(1, "Checkout")));
        assert_eq!(service(2, " ").checked(&others), Err(ServiceRefused::NoName));
        assert_eq!(service(2, "a\nb").checked(&others), Err(ServiceRefused::LongName));
    }
}
