//! The bundled font, and how wide a text is in it.
//!
//! 1. Only the bundled faces measure: no font of the machine takes part in where ink goes.
//! 2. A letter that the font lacks counts as wide as it is high, so that a replacement from elsewhere fits too.
//! 3. Text of people is one line: no control characters, no reversed direction, no variation selectors.

use crate::ChartError;
use ab_glyph::{Font, FontRef};
use std::sync::OnceLock;

/// The name under which charts, window and reports know the font.
pub(crate) const FAMILY: &str = "Inter";
/// Ascent and descent together, in parts of the font size: what plotters takes for a font's size.
pub(crate) const LINE: f64 = (1984.0 + 494.0) / 2048.0;
/// How high capitals are, in parts of the font size.
pub(crate) const CAPITALS: f64 = 1490.0 / 2048.0;
/// How far letters reach below the baseline, in parts of the font size.
pub(crate) const DESCENT: f64 = 494.0 / 2048.0;

/// The faces that are bundled: regular, semi-bold, italic.
pub(crate) const FACES: [&[u8]; 3] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/Inter-Italic.ttf"),
];

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 600.
    Strong,
}

/// The width of a text in pixels, at a font size in pixels.
pub(crate) fn width(text: &str, weight: Weight, size: f64) -> Result<f64, ChartError> {
    let face = match weight {
        Weight::Regular => &faces()?.regular,
        Weight::Strong => &faces()?.strong,
    };
    let units = text.chars().map(|c| face.advance(c)).sum::<f64>();
    Ok(units * size)
}

/// Whether the bundled font has all letters of a text.
pub(crate) fn covers(text: &str) -> bool {
    let Ok(faces) = faces() else { return false };
    text.is_ascii() || text.chars().all(|c| c.is_ascii() || faces.regular.font.glyph_id(c).0 != 0)
}

/// The first of some texts that fits, which say the same from long to short; the shortest where none does.
pub(crate) fn fitting(texts: &[String], weight: Weight, size: f64, room: f64) -> Result<&str, ChartError> {
    let mut chosen = "";
    for text in texts {
        chosen = text;
        if width(text, weight, size)? <= room {
            break;
        }
    }
    Ok(chosen)
}

/// The text, or as much of its beginning as fits, with `…` for what is left out. Nothing where not one letter fits.
pub(crate) fn shorten(text: &str, weight: Weight, size: f64, room: f64) -> Result<String, ChartError> {
    if width(text, weight, size)? <= room {
        return Ok(text.to_owned());
    }
    let mut left = room - width("…", weight, size)?;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        left -= width(c.encode_utf8(&mut [0; 4]), weight, size)?;
        if left < 0.0 {
            break;
        }
        end = at + c.len_utf8();
    }
    let mut kept = &text[..end];
    // One or two letters of a word say nothing.
    if let Some(space) = kept.rfind(' ')
        && !text[end..].starts_with(' ')
        && (1..4).contains(&(end - space - 1))
        && space >= 6
    {
        kept = &kept[..space];
    }
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:–-·\u{200d}".contains(c));
    Ok(if kept.is_empty() { String::new() } else { format!("{kept}…") })
}

/// People's text as one line that is safe to draw, by rule 3; runs of white space become one space.
pub(crate) fn one_line(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_clean = |pair: &[u8]| pair != b"  ";
    if bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && bytes.windows(2).all(is_clean)
        && !text.starts_with(' ')
        && !text.ends_with(' ')
    {
        return text.to_owned();
    }
    // Most texts are such a line already.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !line.ends_with(' ') && !line.is_empty() {
                line.push(' ');
            }
        } else if drawable(c) {
            line.push(c);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Whether a character may stand in a drawn text: legal in XML 1.0, visible, and without effect on its neighbours.
fn drawable(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
        && (c as u32) & 0xfffe != 0xfffe
}

struct Faces {
    regular: Face,
    strong: Face,
}

/// A face with the widths of common letters at hand.
struct Face {
    font: FontRef<'static>,
    units: f64,
    common: Vec<f64>,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Face> {
        let font = FontRef::try_from_slice(bytes).ok()?;
        let units = f64::from(font.units_per_em()?);
        let mut face = Face { font, units, common: Vec::new() };
        face.common = ('\0'..'\u{500}').map(|c| face.look_up(c)).collect();
        Some(face)
    }

    /// The width of a letter in parts of the font size.
    fn advance(&self, c: char) -> f64 {
        self.common.get(c as usize).copied().unwrap_or_else(|| self.look_up(c))
    }

    fn look_up(&self, c: char) -> f64 {
        let glyph = self.font.glyph_id(c);
        if glyph.0 == 0 { 1.0 } else { f64::from(self.font.h_advance_unscaled(glyph)) / self.units }
    }
}

fn faces() -> Result<&'static Faces, ChartError> {
    static READ: OnceLock<Option<Faces>> = OnceLock::new();
    READ.get_or_init(|| Some(Faces { regular: Face::read(FACES[0])?, strong: Face::read(FACES[1])? }))
        .as_ref()
        .ok_or(ChartError::Font)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_are_those_of_the_font() {
        for bytes in FACES {
            let font = FontRef::try_from_slice(bytes).unwrap();
            let units = f64::from(font.units_per_em().unwrap());
            let (up, down) = (f64::from(font.ascent_unscaled()), -f64::from(font.descent_unscaled()));
            assert!(((up + down) / units - LINE).abs() < 1e-9);
            assert!((down / units - DESCENT).abs() < 1e-9);
            let x = font.outline(font.glyph_id('H')).unwrap().bounds;
            assert!((f64::from(x.height().abs()) / units - CAPITALS).abs() < 0.01, "{x:?}");
        }
    }

    #[test]
    fn a_text_is_shortened_to_its_room_and_never_to_dots_alone() {
        let fit = |text, room| shorten(text, Weight::Regular, 12.0, room).unwrap();
        assert_eq!(fit("payment retry", 200.0), "payment retry");
        let short = fit("payment retry of the settlement job", 80.0);
        assert_eq!(short, "payment…", "not “payment ret…”");
        assert_eq!(fit("repayment", 45.0), "repay…");
        assert!(width(&short, Weight::Regular, 12.0).unwrap() <= 80.0);
        assert_eq!(fit("payment – retry", 70.0), "payment…", "no dash or space before the dots");
        assert_eq!(fit("payment", 5.0), "");
    }

    #[test]
    fn a_letter_that_the_font_lacks_counts_as_wide_as_it_is_high() {
        assert_eq!(width("支払", Weight::Regular, 12.0).unwrap(), 24.0);
        assert!(width("Оплата Πληρωμή", Weight::Strong, 12.0).unwrap() < 12.0 * 14.0 * 0.75);
    }

    #[test]
    fn people_s_text_becomes_one_harmless_line() {
        assert_eq!(one_line("  a\r\n\tb \u{1b}[31m\u{0}c\u{202e}d\u{fffe}\u{fe0f}  "), "a b [31mcd");
        assert_eq!(one_line("\u{2066}\u{feff}\u{1fffe}"), "");
        assert_eq!(one_line("Оплата 支払 🚀 نص"), "Оплата 支払 🚀 نص");
    }
}
