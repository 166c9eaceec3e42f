//! The same picture as PNG, for readers that show no SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};

/// The most pixels a side may have.
const LARGEST: u32 = 8192;

/// Inter 4 (SIL Open Font License, see `fonts/LICENSE.txt`), cut down to Latin, Greek, Cyrillic and punctuation.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../fonts/Inter-Regular.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../fonts/Inter-SemiBold.ttf").to_vec());
    fonts.set_sans_serif_family("Inter");
    Arc::new(fonts)
});

/// Why there is no PNG.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// Not an SVG.
    #[error("the picture is not a readable SVG: {0}")]
    Unreadable(String),
    /// No side may be 0 or beyond 8192 pixels.
    #[error("a picture of {width} × {height} pixels cannot be drawn; each side has 1 to 8192")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The picture could not be compressed.
    #[error("the picture could not be written as PNG: {0}")]
    Unwritable(String),
}

/// Draws `svg` `width` pixels wide, its height in proportion. Twice the SVG's own width keeps it sharp on dense screens.
/// It fetches nothing: images that the SVG refers to are left out.
///
/// # Errors
/// An SVG that cannot be read; a side of 0 or of more than 8192 pixels.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, PngError> {
    let nothing = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options {
        font_family: "Inter".to_owned(),
        fontdb: Arc::clone(&FONTS),
        image_href_resolver: nothing,
        ..Options::default()
    };
    let tree =
        Tree::from_str(svg, &options).map_err(|error| PngError::Unreadable(error.to_string()))?;
    let (from_width, from_height) = (tree.size().width(), tree.size().height());
    let scale = f64::from(width) / f64::from(from_width);
    // A float beyond the range becomes its nearest end, which the check refuses.
    let height = (f64::from(from_height) * scale).round() as u32;
    let size = PngError::Size { width, height };
    if width > LARGEST || height > LARGEST {
        return Err(size);
    }
    let mut pixels = Pixmap::new(width, height).ok_or(size)?;
    // Each side is filled to its last pixel.
    let fill = Transform::from_scale(width as f32 / from_width, height as f32 / from_height);
    resvg::render(&tree, fill, &mut pixels.as_mut());
    pixels
        .encode_png()
        .map_err(|error| PngError::Unwritable(error.to_string()))
}
