//! The same picture as PNG, for readers that show no SVG.

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
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
    draw(svg, width)?
        .encode_png()
        .map_err(|error| PngError::Unwritable(error.to_string()))
}

/// A place on a picture, in its pixels: from the left and the top, width and height.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The right end of what stands there.
    pub right: f32,
    /// Its top.
    pub top: f32,
    /// The most it is wide.
    pub width: f32,
    /// The most it is high.
    pub height: f32,
}

/// Like [`png`], with another picture in PNG on top, as large as its place allows. One that is no PNG, or has a side beyond 4096
/// pixels, is left out.
///
/// # Errors
/// As for [`png`].
pub fn png_with(svg: &str, width: u32, picture: &[u8], place: Place) -> Result<Vec<u8>, PngError> {
    let mut pixels = draw(svg, width)?;
    if let Some(picture) = readable(picture) {
        let (w, h) = (picture.width() as f32, picture.height() as f32);
        let scale = (place.width / w).min(place.height / h);
        let at = Transform::from_row(scale, 0.0, 0.0, scale, place.right - w * scale, place.top);
        let paint = PixmapPaint {
            quality: FilterQuality::Bicubic,
            ..PixmapPaint::default()
        };
        pixels.draw_pixmap(0, 0, picture.as_ref(), &paint, at, None);
    }
    pixels
        .encode_png()
        .map_err(|error| PngError::Unwritable(error.to_string()))
}

/// The sides stand in the first chunk (PNG, section 11.2.2): they are looked at before memory is taken for the pixels.
fn readable(picture: &[u8]) -> Option<Pixmap> {
    let side = |at: usize| {
        let bytes: [u8; 4] = picture.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    let fits = |side: u32| (1..=4096).contains(&side);
    if !(fits(side(16)?) && fits(side(20)?)) {
        return None;
    }
    Pixmap::decode_png(picture).ok()
}

fn draw(svg: &str, width: u32) -> Result<Pixmap, PngError> {
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
    Ok(pixels)
}
