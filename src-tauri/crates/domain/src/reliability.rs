//! Reliability: whether services answered, and how much of what was promised is left.
//!
//! 1. Time is half-open intervals of UTC in whole seconds; what is shown is rounded down and stands beside its
//!    numerator, denominator and method (10, 10.6).
//! 2. Facts are outages, maintenance and times of which nothing is known; figures are derived.
//! 3. What is not known is neither up nor down (10.4).

mod budget;
mod budget_line;
mod checks;
mod known;
mod objective;
mod service;
mod uptime;
mod window;

pub use budget::{Alert, AlertWindows, Budget, BudgetPolicy, BudgetRefused, Target};
pub use budget_line::{BudgetDay, BudgetLine, BudgetOutage, BudgetPoint, BudgetProjection};
pub use checks::{Check, CheckFold, HourSum, Stretch};
pub use known::{
    CountSum, HourCount, KnownMaintenance, KnownOutage, KnownStretch, ReliabilityRules, ServiceFacts,
    SpanRefused, UnknownTime, check_span,
};
pub use objective::{BusinessHours, Horizon, HoursOfDay, Objective, ObjectiveRefused, Sli, Span, Subject};
pub use service::{Service, ServiceGroup, ServiceRefused};
pub use uptime::{
    Class, Fact, Maintenance, Method, Outage, Piece, Ratio, ReliabilityLedger, State, Weights, group_uptime,
};
pub use window::{Window, sprint_window};
