//! The three looks of a chart: light (also for print), dark, projector.
//!
//! 1. A theme is plain values, in tune with the window's tokens; a chart never asks which theme it has.
//! 2. Every colour that text is written in stands out from its ground by 4.5 to 1 or more.
//! 3. Hues that meet in one chart stay apart in the three common kinds of colour blindness.
//! 4. The projector's texts are larger, its strokes heavier, its hues darker, and nothing in it is pale but the grid.

use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which look a chart has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ThemeName {
    /// Dark on white; also for print.
    Light,
    /// Light on nearly black.
    Dark,
    /// For a room: black on white, larger and heavier.
    Projector,
}

/// The colours and weights of a look.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// The ground of the picture.
    pub ground: RGBColor,
    /// Titles and what is most important.
    pub ink: RGBColor,
    /// Sub-titles, axis labels, what is said beside.
    pub muted: RGBColor,
    /// The horizontal grid.
    pub grid: RGBColor,
    /// The base line and its ticks.
    pub base: RGBColor,
    /// Columns of days off.
    pub shade: RGBColor,
    /// The line that matters: what is.
    pub actual: RGBColor,
    /// What was to be: the ideal line.
    pub ideal: RGBColor,
    /// Changes of scope.
    pub scope: RGBColor,
    /// Work that was opened again.
    pub reopened: RGBColor,
    /// What was promised, as a bar or an area behind what came of it.
    pub committed: RGBColor,
    /// The buffer and what draws on it, as an area.
    pub buffer: RGBColor,
    /// The buffer's words and lines.
    pub buffer_ink: RGBColor,
    /// The wide and the narrow band of a forecast, behind everything that is known.
    pub bands: [RGBColor; 2],
    /// Areas of lanes, in their order; a team with more begins again.
    pub lanes: [RGBColor; 6],
    /// What belongs to no lane.
    pub unsorted: RGBColor,
    /// Areas of states in which work waits, from the first.
    pub waiting: [RGBColor; 3],
    /// Areas of states in which work goes on: warm, for there the eye should go.
    pub working: [RGBColor; 3],
    /// The area of what is done.
    pub finished: RGBColor,
    /// How much larger texts are than in the light theme.
    pub text: f64,
    /// How much heavier strokes are than in the light theme.
    pub stroke: f64,
    /// Whether days of the week have two letters, for larger texts.
    pub short_weekdays: bool,
}

impl Theme {
    /// The theme of a name.
    pub fn named(name: ThemeName) -> Theme {
        match name {
            ThemeName::Light => Theme::light(),
            ThemeName::Dark => Theme::dark(),
            ThemeName::Projector => Theme::projector(),
        }
    }

    /// Dark on white; also for print.
    pub const fn light() -> Theme {
        Theme {
            ground: RGBColor(0xff, 0xff, 0xff),
            ink: RGBColor(0x1c, 0x1c, 0x1e),
            muted: RGBColor(0x65, 0x65, 0x62),
            grid: RGBColor(0xe9, 0xe8, 0xe4),
            base: RGBColor(0x7a, 0x79, 0x75),
            shade: RGBColor(0xf4, 0xf4, 0xf1),
            actual: RGBColor(0x2f, 0x5b, 0xc7),
            ideal: RGBColor(0x65, 0x65, 0x62),
            scope: RGBColor(0xad, 0x4b, 0x0a),
            reopened: RGBColor(0x6a, 0x1b, 0x7a),
            committed: RGBColor(0xb9, 0xbb, 0xbf),
            buffer: RGBColor(0xe8, 0xb2, 0x4c),
            buffer_ink: RGBColor(0x8a, 0x5a, 0x00),
            bands: [RGBColor(0xe0, 0xe8, 0xfa), RGBColor(0xb9, 0xcb, 0xf3)],
            lanes: [
                RGBColor(0x2f, 0x5b, 0xc7),
                RGBColor(0xe8, 0xb2, 0x4c),
                RGBColor(0x7a, 0x4b, 0x9a),
                RGBColor(0xf0, 0xd9, 0xb0),
                RGBColor(0x8a, 0x3d, 0x12),
                RGBColor(0x9d, 0xb8, 0xea),
            ],
            unsorted: RGBColor(0xc9, 0xc9, 0xc4),
            waiting: [RGBColor(0xdf, 0xe4, 0xec), RGBColor(0xb6, 0xc6, 0xe0), RGBColor(0x8e, 0xa6, 0xcf)],
            working: [RGBColor(0xe8, 0xb2, 0x4c), RGBColor(0xcf, 0x6f, 0x3a), RGBColor(0x93, 0x44, 0x1c)],
            finished: RGBColor(0x2a, 0x4a, 0x8f),
            text: 1.0,
            stroke: 1.0,
            short_weekdays: false,
        }
    }

    /// Light on nearly black.
    pub const fn dark() -> Theme {
        Theme {
            ground: RGBColor(0x1e, 0x20, 0x22),
            ink: RGBColor(0xe9, 0xe9, 0xe6),
            muted: RGBColor(0xa8, 0xa9, 0xa7),
            grid: RGBColor(0x32, 0x34, 0x38),
            base: RGBColor(0x8a, 0x8b, 0x8a),
            shade: RGBColor(0x28, 0x2a, 0x2d),
            actual: RGBColor(0x86, 0xa8, 0xf5),
            ideal: RGBColor(0xa8, 0xa9, 0xa7),
            scope: RGBColor(0xf0, 0xa1, 0x68),
            reopened: RGBColor(0xf4, 0xbc, 0xe6),
            committed: RGBColor(0x6a, 0x6d, 0x72),
            buffer: RGBColor(0xd9, 0xa4, 0x41),
            buffer_ink: RGBColor(0xe9, 0xbd, 0x6a),
            bands: [RGBColor(0x2a, 0x34, 0x50), RGBColor(0x3f, 0x52, 0x88)],
            lanes: [
                RGBColor(0x86, 0xa8, 0xf5),
                RGBColor(0xd9, 0xa4, 0x41),
                RGBColor(0xa0, 0x6c, 0xc4),
                RGBColor(0xf3, 0xe3, 0xc3),
                RGBColor(0xc2, 0x62, 0x2c),
                RGBColor(0x4b, 0x64, 0xa8),
            ],
            unsorted: RGBColor(0x5c, 0x5f, 0x63),
            waiting: [RGBColor(0x3a, 0x3f, 0x47), RGBColor(0x52, 0x5f, 0x78), RGBColor(0x70, 0x86, 0xb0)],
            working: [RGBColor(0xe3, 0xb0, 0x4f), RGBColor(0xd0, 0x7a, 0x45), RGBColor(0x9c, 0x4a, 0x22)],
            finished: RGBColor(0x9d, 0xb8, 0xf5),
            text: 1.0,
            stroke: 1.0,
            short_weekdays: false,
        }
    }

    /// For a room: black on white, larger and heavier.
    pub const fn projector() -> Theme {
        Theme {
            ground: RGBColor(0xff, 0xff, 0xff),
            ink: RGBColor(0x00, 0x00, 0x00),
            muted: RGBColor(0x2a, 0x2c, 0x30),
            grid: RGBColor(0xc3, 0xc7, 0xcd),
            base: RGBColor(0x00, 0x00, 0x00),
            shade: RGBColor(0xec, 0xed, 0xef),
            actual: RGBColor(0x0d, 0x40, 0xa8),
            ideal: RGBColor(0x2a, 0x2c, 0x30),
            scope: RGBColor(0xa0, 0x36, 0x08),
            reopened: RGBColor(0x7a, 0x0f, 0x5a),
            committed: RGBColor(0x9a, 0x9d, 0xa3),
            buffer: RGBColor(0xe0, 0xa0, 0x20),
            buffer_ink: RGBColor(0x70, 0x46, 0x00),
            bands: [RGBColor(0xd5, 0xe0, 0xf7), RGBColor(0xa9, 0xc1, 0xf0)],
            lanes: [
                RGBColor(0x0d, 0x40, 0xa8),
                RGBColor(0xe8, 0xad, 0x3a),
                RGBColor(0x6a, 0x2c, 0x8f),
                RGBColor(0xf2, 0xdc, 0xb4),
                RGBColor(0x7a, 0x30, 0x08),
                RGBColor(0x8f, 0xb0, 0xf0),
            ],
            unsorted: RGBColor(0xb5, 0xb5, 0xb0),
            waiting: [RGBColor(0xd3, 0xda, 0xe6), RGBColor(0xa3, 0xb8, 0xda), RGBColor(0x74, 0x93, 0xc9)],
            working: [RGBColor(0xe8, 0xad, 0x3a), RGBColor(0xc8, 0x5a, 0x1e), RGBColor(0x7a, 0x30, 0x08)],
            finished: RGBColor(0x0a, 0x2f, 0x7a),
            text: 1.4,
            stroke: 1.6,
            short_weekdays: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, Theme); 3] =
        [("light", Theme::light()), ("dark", Theme::dark()), ("projector", Theme::projector())];

    #[test]
    fn text_stands_out_from_its_ground() {
        for (name, theme) in ALL {
            for (what, color) in [
                ("ink", theme.ink),
                ("muted", theme.muted),
                ("actual", theme.actual),
                ("ideal", theme.ideal),
                ("scope", theme.scope),
                ("reopened", theme.reopened),
                ("buffer_ink", theme.buffer_ink),
            ] {
                for ground in [theme.ground, theme.shade] {
                    let contrast = contrast(color, ground);
                    assert!(contrast >= 4.5, "{name}: {what} has {contrast:.2}");
                }
            }
            // WCAG 1.4.11: what is needed to read the picture, 3 to 1.
            assert!(contrast(theme.base, theme.ground) >= 3.0, "{name}: base");
        }
    }

    #[test]
    fn hues_that_meet_stay_apart_for_colour_blind_eyes() {
        for (name, theme) in ALL {
            let hues = [
                ("actual", theme.actual),
                ("scope", theme.scope),
                ("reopened", theme.reopened),
                ("ideal", theme.ideal),
            ];
            for (kind, matrix) in BLINDNESS {
                for (i, (a, one)) in hues.iter().enumerate() {
                    for (b, other) in &hues[i + 1..] {
                        let apart = distance(seen(*one, matrix), seen(*other, matrix));
                        assert!(apart >= 7.0, "{name}, {kind}: {a} and {b} are {apart:.1} apart");
                    }
                }
            }
        }
    }

    #[test]
    fn areas_that_lie_side_by_side_stay_apart_for_colour_blind_eyes() {
        for (name, theme) in ALL {
            let [narrow, wide] = [theme.bands[1], theme.bands[0]];
            let flow: Vec<RGBColor> = [&theme.waiting[..], &theme.working[..], &[theme.finished]].concat();
            // Rows of areas as charts put them beside each other.
            let rows: [&[RGBColor]; 6] = [
                &theme.lanes,
                &[theme.lanes[2], theme.unsorted, theme.ground],
                &[theme.lanes[0], theme.committed, theme.ground],
                &flow,
                &[theme.waiting[0], theme.working[0], theme.finished, theme.waiting[0]],
                &[theme.actual, narrow, wide, theme.ground],
            ];
            for (kind, matrix) in BLINDNESS {
                for pair in rows.iter().flat_map(|row| row.windows(2)) {
                    let apart = distance(seen(pair[0], matrix), seen(pair[1], matrix));
                    assert!(
                        apart >= 7.0,
                        "{name}, {kind}: {:?} and {:?} are {apart:.1} apart",
                        pair[0],
                        pair[1]
                    );
                }
            }
        }
    }

    #[test]
    fn the_grid_is_paler_than_everything_that_means_something() {
        for (name, theme) in ALL {
            for color in [theme.actual, theme.ideal, theme.scope, theme.reopened, theme.base] {
                assert!(contrast(color, theme.ground) > 1.8 * contrast(theme.grid, theme.ground), "{name}");
            }
        }
    }

    /// Machado, Oliveira, Fernandes 2009, severity 1.0, for linear RGB.
    const BLINDNESS: [(&str, [[f64; 3]; 3]); 4] = [
        ("common vision", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];

    fn linear(color: RGBColor) -> [f64; 3] {
        [color.0, color.1, color.2].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let light = |color| {
            let [r, g, b] = linear(color);
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    fn apply(matrix: [[f64; 3]; 3], to: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(to).map(|(m, v)| m * v).sum())
    }

    /// What is seen, in OKLab (Ottosson 2020).
    fn seen(color: RGBColor, matrix: [[f64; 3]; 3]) -> [f64; 3] {
        let rgb = apply(matrix, linear(color)).map(|part| part.clamp(0.0, 1.0));
        let lms = apply(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ],
            rgb,
        );
        apply(
            [
                [0.2104542553, 0.7936177850, -0.0040720468],
                [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ],
            lms.map(f64::cbrt),
        )
    }

    fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
        100.0 * a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }
}
