//! Whether a picture is sound: well-formed, within its canvas, no two texts upon each other; and whether it is its golden.

use charts::Chart;
use resvg::usvg::{Node, Options, Tree, fontdb};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Whether a chart's picture looks sound, and its points lie on a canvas of a width and height.
pub fn is_sound(chart: &Chart, (width, height): (u32, u32)) -> Result<(), String> {
    looks_sound(&chart.svg)?;
    let (width, height) = (f64::from(width), f64::from(height));
    match chart.points.iter().find(|at| !((0.0..=width).contains(&at.x) && (0.0..=height).contains(&at.y))) {
        Some(point) => Err(format!("{point:?} leaves the canvas of {width} × {height}")),
        None => Ok(()),
    }
}

/// Whether a picture is well-formed, all its ink lies on the canvas and no two texts lie upon each other; measured on
/// the letters as they are drawn.
pub fn looks_sound(svg: &str) -> Result<(), String> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for face in ["Inter-Regular.ttf", "Inter-SemiBold.ttf"] {
            let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fonts").join(face);
            fonts.load_font_data(std::fs::read(file).unwrap());
        }
        Arc::new(fonts)
    });
    let options = Options { fontdb: Arc::clone(fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let mut texts = Vec::new();
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        for node in group.children() {
            let ink = node.abs_bounding_box();
            let (width, height) = (tree.size().width(), tree.size().height());
            if ink.left() < -1.0
                || ink.top() < -1.0
                || ink.right() > width + 1.0
                || ink.bottom() > height + 1.0
            {
                return Err(format!("{ink:?} leaves the canvas of {width} × {height}"));
            }
            match node {
                Node::Group(inner) => groups.push(inner),
                Node::Text(text) => {
                    let words: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                    texts.push((words, ink));
                }
                _ => {}
            }
        }
    }
    for (index, (one, a)) in texts.iter().enumerate() {
        for (other, b) in &texts[index + 1..] {
            let apart = a.right() <= b.left() + 0.5
                || b.right() <= a.left() + 0.5
                || a.bottom() <= b.top() + 0.5
                || b.bottom() <= a.top() + 0.5;
            if !apart {
                return Err(format!("“{one}” at {a:?} lies upon “{other}” at {b:?}"));
            }
        }
    }
    Ok(())
}

/// The smallest font size of a picture's texts, in its own pixels.
pub fn smallest_text(svg: &str) -> f64 {
    let sizes = svg.match_indices("font-size=\"").map(|(at, mark)| {
        let rest = &svg[at + mark.len()..];
        rest[..rest.find('"').unwrap()].parse::<f64>().unwrap()
    });
    sizes.fold(f64::INFINITY, f64::min)
}

/// Holds pictures against their goldens in `golden/`, byte by byte; EVENKEEL_BLESS=1 writes them anew.
pub fn are_golden(pictures: &[(String, String)]) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("EVENKEEL_BLESS").is_some();
    let mut differ = Vec::new();
    for (name, svg) in pictures {
        let file = folder.join(name);
        if bless {
            std::fs::write(&file, svg).unwrap();
        } else if !std::fs::read_to_string(&file).is_ok_and(|golden| golden == *svg) {
            differ.push(name);
        }
    }
    assert!(differ.is_empty(), "differ from their goldens: {differ:?}; EVENKEEL_BLESS=1 writes them anew");
}
