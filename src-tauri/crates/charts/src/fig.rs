//! A figure: paper, pen and ruler of every chart.
//!
//! 1. Lengths are pixels of the picture. [`Figure::px`] gives a length as it is on a picture of 960 × 540, and grows
//!    with larger pictures; texts and strokes grow with the theme besides.
//! 2. The `y` of a text is the middle of its capitals.
//! 3. Text over a drawing has a rim in the colour of the ground.

use crate::fonts::{self, Weight};
use crate::place::{Area, Point};
use crate::svg::{self, FINE, Pen, Sheet, SvgBackend};
use crate::theme::Theme;
use crate::{ChartError, Size};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, Circle, CoordTranslate, DrawingArea, FontFamily, FontStyle, IntoDrawingArea, PathElement,
    Polygon, RGBColor, Rectangle, ShapeStyle, Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::cell::RefCell;
use std::rc::Rc;

/// Where a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The text begins there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letters {
    /// Font size in pixels.
    pub size: f64,
    pub weight: Weight,
    pub color: RGBColor,
    /// Whether it has a rim that keeps it apart from what lies under it.
    pub rim: bool,
}

/// How a line looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stroke {
    pub color: RGBColor,
    /// Width in pixels.
    pub width: f64,
    /// Lengths of dash and gap in pixels.
    pub dash: Option<(f64, f64)>,
}

/// A figure being drawn.
pub(crate) struct Figure<'t> {
    /// Its look.
    pub theme: &'t Theme,
    /// Its size in pixels.
    pub width: f64,
    /// Its size in pixels.
    pub height: f64,
    size: Size,
    unit: f64,
    sheet: Rc<RefCell<Sheet>>,
    area: DrawingArea<SvgBackend, Shift>,
}

impl<'t> Figure<'t> {
    /// A figure on the theme's ground. Errors: a size that cannot be drawn on.
    pub(crate) fn new(theme: &'t Theme, size: Size) -> Result<Figure<'t>, ChartError> {
        size.check()?;
        let sheet = Sheet::new();
        let backend = SvgBackend::new(Rc::clone(&sheet), (size.width, size.height));
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let unit = (width / 960.0).min(height / 540.0).max(1.0);
        let area = backend.into_drawing_area();
        let figure = Figure { theme, width, height, size, unit, sheet, area };
        figure.rect(Area { left: 0.0, top: 0.0, right: width, bottom: height }, theme.ground)?;
        Ok(figure)
    }

    /// A length that grows with the picture.
    pub(crate) fn px(&self, length: f64) -> f64 {
        length * self.unit
    }

    /// A font size, or a length that goes with text: grows with the picture and the theme.
    pub(crate) fn text_px(&self, length: f64) -> f64 {
        length * self.unit * self.theme.text
    }

    /// A stroke's width: grows with the picture and the theme.
    pub(crate) fn stroke_px(&self, width: f64) -> f64 {
        width * self.unit * self.theme.stroke
    }

    /// Draws what belongs together as a group of that name.
    pub(crate) fn group<T>(
        &self,
        series: &'static str,
        draw: impl FnOnce(&Self) -> Result<T, ChartError>,
    ) -> Result<T, ChartError> {
        self.sheet.borrow_mut().open(series);
        let drawn = draw(self);
        self.sheet.borrow_mut().close();
        drawn
    }

    /// Draws a line through points.
    pub(crate) fn line(&self, points: &[Point], stroke: Stroke) -> Result<(), ChartError> {
        self.sheet.borrow_mut().pen = Pen { dash: stroke.dash, ..Pen::PLAIN };
        let style =
            ShapeStyle { color: stroke.color.into(), filled: false, stroke_width: fine(stroke.width) as u32 };
        let points: Vec<_> = points.iter().map(|point| finely(*point)).collect();
        drawn(self.area.draw(&PathElement::new(points, style)))
    }

    /// Fills a rectangle.
    pub(crate) fn rect(&self, area: Area, color: RGBColor) -> Result<(), ChartError> {
        let corners = [finely((area.left, area.top)), finely((area.right, area.bottom))];
        drawn(self.area.draw(&Rectangle::new(corners, ShapeStyle::from(color).filled())))
    }

    /// Fills a polygon.
    pub(crate) fn polygon(&self, corners: &[Point], color: RGBColor) -> Result<(), ChartError> {
        let corners: Vec<_> = corners.iter().map(|point| finely(*point)).collect();
        drawn(self.area.draw(&Polygon::new(corners, color)))
    }

    /// Fills a circle.
    pub(crate) fn circle(&self, middle: Point, radius: f64, color: RGBColor) -> Result<(), ChartError> {
        let style = ShapeStyle::from(color).filled();
        drawn(self.area.draw(&Circle::new(finely(middle), fine(radius), style)))
    }

    /// Writes a text beside a point, by rule 2.
    pub(crate) fn text(&self, text: &str, at: Point, side: Side, letters: Letters) -> Result<(), ChartError> {
        if text.is_empty() {
            return Ok(());
        }
        let ground = self.theme.ground;
        let halo = letters.rim.then(|| ((ground.0, ground.1, ground.2), self.px(4.0)));
        self.sheet.borrow_mut().pen = Pen { dash: None, halo, weight: letters.weight };
        let size = letters.size * f64::from(FINE) * fonts::LINE;
        let across = match side {
            Side::Start => HPos::Left,
            Side::Middle => HPos::Center,
            Side::End => HPos::Right,
        };
        // The weight goes through the pen: plotters knows normal and bold only.
        let style = TextStyle::from((FontFamily::Name(fonts::FAMILY), size, FontStyle::Normal))
            .color(&letters.color)
            .pos(Pos::new(across, VPos::Center));
        drawn(self.area.draw(&Text::new(text, finely(at), style)))
    }

    /// The whole picture as SVG.
    pub(crate) fn finish(self, id_prefix: &str, title: &str, description: &str) -> String {
        svg::document(
            &self.sheet.borrow().body,
            (self.size.width, self.size.height),
            id_prefix,
            title,
            description,
        )
    }
}

/// Where a value of the data lies on the picture.
pub(crate) struct Scale {
    plotter: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    /// The plot's area in pixels.
    pub plot: Area,
    x: (f64, f64),
    y: (f64, f64),
}

impl Scale {
    /// A scale on which `x` runs from left to right and `y` from bottom to top of the plot. Both ranges must be finite
    /// and not empty.
    pub(crate) fn new(plot: Area, x: (f64, f64), y: (f64, f64)) -> Result<Scale, ChartError> {
        let proper = |(low, high): (f64, f64)| low.is_finite() && high.is_finite() && low < high;
        if !proper(x) || !proper(y) {
            return Err(ChartError::NotFinite { what: "the range of an axis" });
        }
        let (left_top, right_bottom) = (finely((plot.left, plot.top)), finely((plot.right, plot.bottom)));
        let pixels = (left_top.0..right_bottom.0, right_bottom.1..left_top.1);
        Ok(Scale { plotter: Cartesian2d::new(x.0..x.1, y.0..y.1, pixels), plot, x, y })
    }

    /// The point of a value, held inside the plot.
    pub(crate) fn at(&self, x: f64, y: f64) -> Point {
        let within = (x.clamp(self.x.0, self.x.1), y.clamp(self.y.0, self.y.1));
        let (x, y) = self.plotter.translate(&within);
        (f64::from(x) / f64::from(FINE), f64::from(y) / f64::from(FINE))
    }
}

fn fine(length: f64) -> i32 {
    (length * f64::from(FINE)).round() as i32
}

fn finely((x, y): Point) -> (i32, i32) {
    (fine(x), fine(y))
}

fn drawn<E: std::error::Error>(result: Result<(), E>) -> Result<(), ChartError> {
    result.map_err(|error| ChartError::Drawing { reason: error.to_string() })
}
