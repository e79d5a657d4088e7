//! SVG to PNG.
//!
//! 1. Where the bundled font has every letter, the same SVG and scale give the same pixels on every machine: no font of
//!    the system takes part.
//! 2. A letter that it lacks, such as 支, is drawn with a font of the system that has it, as the window does; which one
//!    is the machine's. Without such a font a box stands in its place.
//! 3. A font of the system never stands for the bundled one.
//! 4. Nothing else outside the SVG is read: no file that it names, no address.

use crate::{ChartError, fonts};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
use std::sync::{Arc, OnceLock};

/// The most pixels that a picture may have: 64 million, 256 MB of memory.
const MOST_PIXELS: f32 = 64e6;

/// The picture as a PNG file, `scale` pixels wide and high for each of the SVG's own. Errors: no SVG, too many pixels.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let tree = tree(svg)?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let refused = || ChartError::Raster { width: width as u32, height: height as u32 };
    if !(scale.is_finite() && scale > 0.0 && width * height <= MOST_PIXELS) {
        return Err(refused());
    }
    let mut pixels = Pixmap::new(width.ceil() as u32, height.ceil() as u32).ok_or_else(refused)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|_| refused())
}

/// Reads an SVG as its pictures are made.
pub(crate) fn tree(svg: &str) -> Result<Tree, ChartError> {
    let fontdb = if fonts::covers(svg) { bundled() } else { with_the_system() };
    let options = Options {
        font_family: fonts::FAMILY.to_owned(),
        fontdb: Arc::clone(fontdb),
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| ChartError::NotSvg { reason: error.to_string() })
}

fn bundled() -> &'static Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut database = fontdb::Database::new();
        for face in fonts::FACES {
            database.load_font_data(face.to_vec());
        }
        database.set_sans_serif_family(fonts::FAMILY);
        Arc::new(database)
    })
}

/// The bundled fonts and after them those of the system. Looking through them takes a tenth of a second, once.
fn with_the_system() -> &'static Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut database = fontdb::Database::clone(bundled());
        let ours = database.len();
        database.load_system_fonts();
        let same = |face: &fontdb::FaceInfo| face.families.iter().any(|(name, _)| name == fonts::FAMILY);
        let others: Vec<fontdb::ID> =
            database.faces().skip(ours).filter(|face| same(face)).map(|face| face.id).collect();
        for id in others {
            database.remove_face(id);
        }
        Arc::new(database)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20' font-family='Inter'>\
                       <rect width='40' height='20' fill='#fff'/><text x='4' y='14' font-size='12'>Ag</text></svg>";

    #[test]
    fn a_picture_has_the_size_asked_for_and_the_letters_are_drawn() {
        let picture = Pixmap::decode_png(&png(SVG, 2.0).unwrap()).unwrap();
        assert_eq!((picture.width(), picture.height()), (80, 40));
        assert!(picture.pixels().iter().filter(|pixel| pixel.red() < 80).count() > 40, "letters are dark");
    }

    #[test]
    fn letters_that_the_bundled_font_lacks_are_sought_in_the_system_and_those_that_it_has_are_not() {
        let svg = |text: &str| SVG.replace("Ag", text);
        assert!(fonts::covers(&svg("Ag Оплата Πληρωμή – 5 ½")));
        assert!(!fonts::covers(&svg("支")));
        let ours = |face: &fontdb::FaceInfo| face.families.iter().any(|(name, _)| name == fonts::FAMILY);
        assert_eq!(with_the_system().faces().filter(|face| ours(face)).count(), fonts::FACES.len());
        assert!(png(&svg("支払"), 2.0).is_ok(), "with or without a font that has it");
        // Beside a letter that is sought elsewhere, the others stay as they are.
        let dark = |text: &str| {
            let picture = Pixmap::decode_png(&png(&svg(text), 2.0).unwrap()).unwrap();
            let column = |x: u32| {
                (0..40).filter(|y| picture.pixel(x, *y).is_some_and(|pixel| pixel.red() < 80)).count()
            };
            (0..24).map(column).collect::<Vec<_>>()
        };
        assert_eq!(dark("A"), dark("A\u{e000}")[..24]);
    }

    #[test]
    fn what_is_no_picture_is_refused_in_words() {
        assert!(matches!(png("<svg", 1.0), Err(ChartError::NotSvg { .. })));
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e6] {
            assert!(matches!(png(SVG, scale), Err(ChartError::Raster { .. })), "{scale}");
        }
    }
}
