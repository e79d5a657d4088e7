//! What `domain` computes, drawn as SVG.
//!
//! 1. A chart is a pure function of a computation, a theme and a size: the same bytes on every machine and thread.
//! 2. Everything a chart says by colour it says once more by place, shape, dash or words.
//! 3. Numbers come from `domain`; nothing is computed here but where ink goes.
//! 4. People's text is data: cleaned, measured, shortened and escaped, never markup.
//! 5. No data may hang, panic or leave the canvas; what cannot be drawn is a [`ChartError`].

mod ageing;
mod budget;
mod burn_down;
mod burn_up;
mod cumulative;
mod cycle;
mod dora;
mod fig;
mod flow_words;
mod fonts;
mod forecast;
mod frame;
mod goal;
mod health;
mod incident_times;
mod lanes;
mod load;
mod place;
mod png;
mod split;
mod split_trend;
mod sprint;
mod svg;
mod theme;
mod throughput;
mod ticks;
mod times;
mod two_lanes;
mod velocity;
mod words;

pub use ageing::ageing;
pub use budget::error_budget;
pub use burn_down::burn_down;
pub use burn_up::burn_up;
pub use cumulative::cumulative_flow;
pub use cycle::cycle_times;
pub use dora::delivery;
pub use forecast::{forecast_amount, forecast_days, forecast_order, forecast_past};
pub use goal::goal_burn_up;
pub use health::backlog_health;
pub use incident_times::incident_times;
pub use load::interrupt_load;
pub use png::png;
pub use split::split;
pub use split_trend::split_trend;
pub use theme::{Theme, ThemeName};
pub use throughput::throughput;
pub use two_lanes::two_lanes;
pub use velocity::velocity;

use domain::flow::Behind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A picture, and everything that it says in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Chart {
    /// The picture: one SVG element with `role="img"`, named by [`Chart::title`], described by
    /// [`Chart::description`]; without style attributes, scripts or references to other files.
    pub svg: String,
    /// The finding, as one sentence: “Sprint 42: 17 points left, 3 working days”.
    pub title: String,
    /// The text alternative, in two to four sentences.
    pub description: String,
    /// The same figures as a table.
    pub table: ChartTable,
    /// What the picture says at which place, in order of x.
    pub points: Vec<ChartPoint>,
}

/// A chart's figures as a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartTable {
    /// The heads of the columns; the first column names its row.
    pub columns: Vec<String>,
    /// The rows, each as long as the heads. What is not known is empty.
    pub rows: Vec<Vec<String>>,
}

/// A place in the picture that has something to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartPoint {
    /// Pixels from the left edge, in the picture's own size.
    pub x: f64,
    /// Pixels from the top edge, in the picture's own size.
    pub y: f64,
    /// What to say there.
    pub label: String,
    /// What stands behind it; none where there is no more to tell.
    pub behind: Option<Behind>,
}

/// The width and height of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename = "ChartSize")]
#[ts(rename = "ChartSize")]
pub struct Size {
    /// Pixels from left to right, from [`Size::SMALLEST`] to [`Size::LARGEST`].
    pub width: u32,
    /// Pixels from top to bottom, from [`Size::SMALLEST`] to [`Size::LARGEST`].
    pub height: u32,
}

impl Size {
    /// The fewest pixels that a side may have.
    pub const SMALLEST: u32 = 120;
    /// The most pixels that a side may have.
    pub const LARGEST: u32 = 8_000;

    /// A size of so many pixels by so many.
    pub const fn new(width: u32, height: u32) -> Size {
        Size { width, height }
    }

    /// Refuses what cannot be drawn on.
    fn check(self) -> Result<(), ChartError> {
        let fits = |side| (Size::SMALLEST..=Size::LARGEST).contains(&side);
        if fits(self.width) && fits(self.height) {
            Ok(())
        } else {
            Err(ChartError::Unfit { width: self.width, height: self.height })
        }
    }
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// A side is too short or too long.
    #[error(
        "a chart cannot be {width} × {height} pixels: a side has {} to {}",
        Size::SMALLEST,
        Size::LARGEST
    )]
    Unfit {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
    },
    /// There is no day to draw.
    #[error("there is no day to draw")]
    NoDays,
    /// A number is infinite or none at all.
    #[error("a number of the chart is not finite: {what}")]
    NotFinite {
        /// Which number.
        what: &'static str,
    },
    /// The bundled font cannot be read.
    #[error("the bundled font cannot be read")]
    Font,
    /// The library that draws refused.
    #[error("the chart could not be drawn: {reason}")]
    Drawing {
        /// What it said.
        reason: String,
    },
    /// The text given as SVG is none.
    #[error("the picture could not be read: {reason}")]
    NotSvg {
        /// What the reader said.
        reason: String,
    },
    /// The pixels could not be made.
    #[error("a picture of {width} × {height} pixels could not be made")]
    Raster {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
    },
}
