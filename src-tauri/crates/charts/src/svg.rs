//! A back end of plotters that writes SVG.
//!
//! 1. plotters' pixels are twentieths of ours: positions are exact to 0.05 px although it knows whole pixels only.
//! 2. Only presentation attributes, so that a strict content security policy lets the picture live in a page.
//! 3. Text is written as text nodes, escaped, without characters that XML 1.0 forbids; ids bear the caller's prefix.
//! 4. A font size of plotters means ascent and descent together; here it becomes the size that SVG means.
//! 5. What plotters' styles cannot carry (dash, halo, weight) stands in the [`Pen`] that holds when a thing is drawn.

use crate::fonts::{self, Weight};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;

/// How many pixels of plotters make one of ours.
pub(crate) const FINE: i32 = 20;

/// What plotters' own styles cannot say; lengths in our pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pen {
    /// Lengths of dash and gap.
    pub dash: Option<(f64, f64)>,
    /// Colour and width of a rim behind text.
    pub halo: Option<((u8, u8, u8), f64)>,
    /// The weight of text.
    pub weight: Weight,
}

impl Pen {
    /// No dash, no halo, regular text.
    pub(crate) const PLAIN: Pen = Pen { dash: None, halo: None, weight: Weight::Regular };
}

/// The elements drawn so far, and the pen in hand; shared by the figure and plotters.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The elements, as text.
    pub body: String,
    /// What holds for the next element.
    pub pen: Pen,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn new() -> Rc<RefCell<Sheet>> {
        Rc::new(RefCell::new(Sheet { body: String::with_capacity(16 * 1024), pen: Pen::PLAIN }))
    }

    /// Opens a group named for what it shows.
    pub(crate) fn open(&mut self, series: &'static str) {
        let _ = writeln!(self.body, "<g data-series=\"{series}\">");
    }

    /// Closes the group.
    pub(crate) fn close(&mut self) {
        self.body.push_str("</g>\n");
    }
}

/// The whole document around the elements; width and height in our pixels.
pub(crate) fn document(
    body: &str,
    (width, height): (u32, u32),
    id_prefix: &str,
    title: &str,
    description: &str,
) -> String {
    let id = id(id_prefix);
    let mut svg = String::with_capacity(body.len() + title.len() + description.len() + 512);
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-description\" \
         font-family=\"{}, sans-serif\">\n<title id=\"{id}-title\">",
        fonts::FAMILY
    );
    escape(title, &mut svg);
    let _ = write!(svg, "</title>\n<desc id=\"{id}-description\">");
    escape(description, &mut svg);
    svg.push_str("</desc>\n");
    svg.push_str(body);
    svg.push_str("</svg>\n");
    svg
}

/// A prefix that is a legal id: letters, digits, `-` and `_`, a letter first.
fn id(prefix: &str) -> String {
    let kept: String =
        prefix.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).take(64).collect();
    if kept.starts_with(|c: char| c.is_ascii_alphabetic()) { kept } else { format!("chart{kept}") }
}

/// Writes a text so that any XML reader gives it back, less what XML 1.0 cannot hold.
fn escape(text: &str, out: &mut String) {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !b"&<>\"'".contains(&byte)) {
        return out.push_str(text);
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}

/// The back end itself.
pub(crate) struct SvgBackend {
    sheet: Rc<RefCell<Sheet>>,
    size: (u32, u32),
}

impl SvgBackend {
    /// A back end that draws on a sheet of a size in our pixels.
    pub(crate) fn new(sheet: Rc<RefCell<Sheet>>, (width, height): (u32, u32)) -> SvgBackend {
        SvgBackend { sheet, size: (width * FINE as u32, height * FINE as u32) }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for SvgBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let sheet = &mut *self.sheet.borrow_mut();
        let out = &mut sheet.body;
        let (x, y) = (a.0.min(b.0), a.1.min(b.1));
        let (w, h) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
        out.push_str("<rect");
        lengths(out, [("x", x), ("y", y), ("width", w), ("height", h)]);
        ink(out, style, fill, &sheet.pen);
        out.push_str("/>\n");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let sheet = &mut *self.sheet.borrow_mut();
        let out = &mut sheet.body;
        out.push_str("<path d=\"");
        trace(out, path);
        out.push('"');
        ink(out, style, false, &sheet.pen);
        out.push_str("/>\n");
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let sheet = &mut *self.sheet.borrow_mut();
        let out = &mut sheet.body;
        out.push_str("<circle");
        lengths(out, [("cx", x), ("cy", y), ("r", radius as i32)]);
        ink(out, style, fill, &sheet.pen);
        out.push_str("/>\n");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let sheet = &mut *self.sheet.borrow_mut();
        let out = &mut sheet.body;
        out.push_str("<path d=\"");
        trace(out, corners);
        out.push_str("Z\"");
        ink(out, style, true, &sheet.pen);
        out.push_str("/>\n");
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let sheet = &mut *self.sheet.borrow_mut();
        let out = &mut sheet.body;
        let size = style.size() / fonts::LINE;
        let fine = |length: f64| length.round() as i32;
        let baseline = match style.anchor().v_pos {
            VPos::Top => y + fine((fonts::LINE - fonts::DESCENT) * size),
            VPos::Center => y + fine(fonts::CAPITALS * size / 2.0),
            VPos::Bottom => y - fine(fonts::DESCENT * size),
        };
        out.push_str("<text");
        lengths(out, [("x", x), ("y", baseline), ("font-size", fine(size))]);
        if sheet.pen.weight == Weight::Strong {
            out.push_str(" font-weight=\"600\"");
        }
        match style.anchor().h_pos {
            HPos::Left => {}
            HPos::Center => out.push_str(" text-anchor=\"middle\""),
            HPos::Right => out.push_str(" text-anchor=\"end\""),
        }
        let color = style.color();
        hue(out, "fill", color.rgb);
        if color.alpha < 1.0 {
            lengths(out, [("fill-opacity", fine(color.alpha * f64::from(FINE)))]);
        }
        if let Some((rim, width)) = sheet.pen.halo {
            hue(out, "stroke", rim);
            lengths(out, [("stroke-width", fine(width * f64::from(FINE)))]);
            out.push_str(" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        out.push('>');
        escape(text, out);
        out.push_str("</text>\n");
        Ok(())
    }
}

/// Writes the corners of a path; level and upright parts take one number.
fn trace(out: &mut String, path: impl IntoIterator<Item = BackendCoord>) {
    let mut last: Option<BackendCoord> = None;
    for (x, y) in path {
        match last {
            None => corner(out, 'M', &[x, y]),
            Some(from) if from == (x, y) => {}
            Some((_, from)) if from == y => corner(out, 'H', &[x]),
            Some((from, _)) if from == x => corner(out, 'V', &[y]),
            Some(_) => corner(out, 'L', &[x, y]),
        }
        last = Some((x, y));
    }
}

/// Writes a step of a path.
fn corner(out: &mut String, letter: char, numbers: &[i32]) {
    out.push(letter);
    for (place, number) in numbers.iter().enumerate() {
        if place > 0 {
            out.push(' ');
        }
        px(out, *number);
    }
}

/// Writes how a shape is filled or stroked.
fn ink<S: BackendStyle>(out: &mut String, style: &S, fill: bool, pen: &Pen) {
    let color = style.color();
    let opacity = (color.alpha * f64::from(FINE)).round() as i32;
    if fill {
        hue(out, "fill", color.rgb);
        if color.alpha < 1.0 {
            lengths(out, [("fill-opacity", opacity)]);
        }
        return;
    }
    out.push_str(" fill=\"none\"");
    hue(out, "stroke", color.rgb);
    lengths(out, [("stroke-width", style.stroke_width() as i32)]);
    if color.alpha < 1.0 {
        lengths(out, [("stroke-opacity", opacity)]);
    }
    if let Some((dash, gap)) = pen.dash {
        let fine = |length: f64| (length * f64::from(FINE)).round() as i32;
        out.push_str(" stroke-dasharray=\"");
        px(out, fine(dash));
        out.push(' ');
        px(out, fine(gap));
        out.push('"');
    }
}

/// Writes attributes that are lengths.
fn lengths<const N: usize>(out: &mut String, attributes: [(&str, i32); N]) {
    for (name, length) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        px(out, length);
        out.push('"');
    }
}

/// Writes an attribute that is a colour, as `#rrggbb`.
fn hue(out: &mut String, name: &str, (red, green, blue): (u8, u8, u8)) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"#");
    for part in [red >> 4, red & 15, green >> 4, green & 15, blue >> 4, blue & 15] {
        out.push(char::from(if part < 10 { b'0' + part } else { b'a' + part - 10 }));
    }
    out.push('"');
}

/// Writes twentieths of a pixel as a number of pixels, without needless zeros. A picture has thousands of them, which
/// the machinery of `write!` would make the most of its cost.
fn px(out: &mut String, twentieths: i32) {
    if twentieths < 0 {
        out.push('-');
    }
    let n = twentieths.unsigned_abs();
    whole(out, n / 20);
    let hundredths = n % 20 * 5;
    if hundredths > 0 {
        out.push('.');
        out.push(digit(hundredths / 10));
        if !hundredths.is_multiple_of(10) {
            out.push(digit(hundredths % 10));
        }
    }
}

/// Writes a whole number.
fn whole(out: &mut String, n: u32) {
    if n >= 10 {
        whole(out, n / 10);
    }
    out.push(digit(n % 10));
}

/// The last digit of a number.
fn digit(n: u32) -> char {
    char::from(b'0' + (n % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_short_and_exact() {
        let written = [0, 20, 30, 33, -1, 19201, i32::MIN].map(|n| {
            let mut out = String::new();
            px(&mut out, n);
            out
        });
        assert_eq!(written, ["0", "1", "1.5", "1.65", "-0.05", "960.05", "-107374182.4"]);
    }

    #[test]
    fn a_colour_is_written_as_six_digits() {
        let mut out = String::new();
        hue(&mut out, "fill", (0, 0x9a, 0xff));
        assert_eq!(out, " fill=\"#009aff\"");
    }

    #[test]
    fn a_path_uses_one_number_for_level_and_upright_parts() {
        let mut out = String::new();
        trace(&mut out, [(20, 20), (40, 20), (40, 60), (40, 60), (80, 80)]);
        assert_eq!(out, "M1 1H2V3L4 4");
    }

    #[test]
    fn text_is_escaped_and_loses_what_xml_forbids() {
        let mut out = String::new();
        escape("<a href='x'>&\"\u{1b}\u{0}\u{ffff}\n支", &mut out);
        assert_eq!(out, "&lt;a href=&#39;x&#39;&gt;&amp;&quot; 支");
    }

    #[test]
    fn an_id_is_made_of_harmless_characters() {
        assert_eq!(id("burn-1"), "burn-1");
        assert_eq!(id("\"><script>"), "script");
        assert_eq!(id("42"), "chart42");
        assert_eq!(id(""), "chart");
    }
}
