//! SVG to PNG, with the bundled fonts only.
//!
//! 1. The same SVG and scale give the same pixels on every machine: no font of the system takes part.
//! 2. Nothing outside the SVG is read: no file, no address.

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
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fontdb = FONTS.get_or_init(|| {
        let mut database = fontdb::Database::new();
        for face in fonts::FACES {
            database.load_font_data(face.to_vec());
        }
        database.set_sans_serif_family(fonts::FAMILY);
        Arc::new(database)
    });
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
    fn what_is_no_picture_is_refused_in_words() {
        assert!(matches!(png("<svg", 1.0), Err(ChartError::NotSvg { .. })));
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e6] {
            assert!(matches!(png(SVG, scale), Err(ChartError::Raster { .. })), "{scale}");
        }
    }
}
