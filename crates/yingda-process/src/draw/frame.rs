//! From grid lines to pixels: how wide columns and channels are, and where each line lies.
//!
//! The one thing to know: a channel is as wide as the arrows in it need, and a channel between two rows has strips of
//! label height above and below its tracks, where no box stands. Boxes and arrows themselves are deliberately not here.

use super::label;
use super::shape;
use super::text;
use super::track::{GAP, Piece};

/// For each channel between rows: the number of label strips above and below the tracks.
pub type Strips = Vec<[usize; 2]>;

const MARGIN: f64 = 8.0;
const PAD: f64 = 20.0;
const OUTER: f64 = 14.0;
const STUB: f64 = 13.0;
const ARROW: f64 = 20.0;
const LEAST_WIDTH: f64 = 300.0;

/// The ruled sheet. All numbers are pixels.
#[derive(Debug, Clone)]
pub struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub header: f64,
    /// Middle of each column and of each row.
    pub column: Vec<f64>,
    pub row: Vec<f64>,
    across: Vec<Channel>,
    along: Vec<Channel>,
    /// Borders between lanes, with the outer ones.
    borders: Vec<f64>,
}

#[derive(Debug, Clone)]
struct Channel {
    first: f64,
    tracks: usize,
    strips: [Vec<f64>; 2],
}

impl Frame {
    /// `names` are the lanes' names, `lane_of` the lane of each column.
    pub fn new(
        names: &[&str],
        lane_of: &[usize],
        widths: Vec<f64>,
        heights: &[f64],
        pieces: &[Piece],
        strips: &Strips,
    ) -> Self {
        let tracks = |vertical: bool, line: usize| {
            let on = pieces.iter().filter(|piece| piece.vertical == vertical && piece.line == line);
            on.map(|piece| piece.of).max().unwrap_or(0)
        };
        let beside: Vec<usize> = (0..=widths.len()).map(|channel| tracks(true, 2 * channel)).collect();
        let between: Vec<usize> = (0..=heights.len()).map(|channel| tracks(false, 2 * channel)).collect();
        let widths = widen(names, lane_of, widths, &beside);
        let (column, along, borders, right) = columns(lane_of, &widths, &beside);
        let lines = (0..names.len())
            .map(|lane| text::wrap(names[lane], shape::FONT, borders[lane + 1] - borders[lane] - 16.0, 2).lines.len());
        let header = lines.max().unwrap_or(0).max(1) as f64 * shape::LINE + 17.0;
        let (row, across, bottom) = rows(MARGIN + header, heights, &between, strips);
        Self { left: MARGIN, right, top: MARGIN, bottom, header, column, row, across, along, borders }
    }

    /// Left and right border of a lane.
    pub fn lane(&self, lane: usize) -> (f64, f64) {
        (self.borders[lane], self.borders[lane + 1])
    }

    /// The x of a vertical piece, the y of a horizontal one.
    pub fn position(&self, piece: &Piece) -> f64 {
        let (middles, channels) = if piece.vertical { (&self.column, &self.along) } else { (&self.row, &self.across) };
        if piece.line % 2 == 1 {
            return middles[piece.line / 2] + piece.offset;
        }
        let channel = &channels[piece.line / 2];
        channel.first + ((channel.tracks - piece.of) / 2 + piece.track) as f64 * GAP
    }

    /// Upper edges of the label strips of a channel between rows, above (0) or below (1) its tracks.
    pub fn levels(&self, (channel, place): (usize, usize)) -> Vec<f64> {
        self.across[channel].strips[place].clone()
    }
}

/// Widens the columns of a lane until its name fits into two lines, and of all lanes until a label fits.
fn widen(names: &[&str], lane_of: &[usize], mut widths: Vec<f64>, beside: &[usize]) -> Vec<f64> {
    let (_, _, borders, right) = columns(lane_of, &widths, beside);
    let spare = (LEAST_WIDTH - right).max(0.0) / widths.len() as f64;
    for (lane, name) in names.iter().enumerate() {
        let wanted = text::width(name, shape::FONT).min(7.0 * shape::FONT) + 24.0;
        let missing = (wanted - (borders[lane + 1] - borders[lane])).max(0.0);
        let columns = lane_of.iter().filter(|of| **of == lane).count();
        for (column, of) in lane_of.iter().enumerate() {
            if *of == lane {
                widths[column] += (missing / columns as f64).max(spare);
            }
        }
    }
    widths
}

type Columns = (Vec<f64>, Vec<Channel>, Vec<f64>, f64);

fn columns(lane_of: &[usize], widths: &[f64], beside: &[usize]) -> Columns {
    let mut x = MARGIN;
    let mut middles = Vec::new();
    let mut channels = Vec::new();
    let mut borders = vec![MARGIN];
    for (channel, &tracks) in beside.iter().enumerate() {
        let outer = channel == 0 || channel == widths.len();
        let boundary = !outer && lane_of[channel - 1] != lane_of[channel];
        let (before, after) = match (outer, channel) {
            (true, 0) => (OUTER, PAD),
            (true, _) => (PAD, OUTER),
            _ => (PAD, PAD),
        };
        let width = match (tracks, outer) {
            (0, true) => 20.0,
            (0, false) => 36.0,
            (tracks, _) => before + (tracks - 1) as f64 * GAP + after,
        };
        let first = x + before;
        if boundary {
            // Between two tracks, never on one: a border must not look like an arrow's line.
            borders.push(match tracks {
                0 => x + width / 2.0,
                tracks => first + (tracks / 2) as f64 * GAP - GAP / 2.0,
            });
        }
        channels.push(Channel { first, tracks, strips: [Vec::new(), Vec::new()] });
        x += width;
        if let Some(width) = widths.get(channel) {
            middles.push(x + width / 2.0);
            x += width;
        }
    }
    borders.push(x);
    (middles, channels, borders, x)
}

fn rows(top: f64, heights: &[f64], between: &[usize], strips: &Strips) -> (Vec<f64>, Vec<Channel>, f64) {
    let mut y = top;
    let mut middles = Vec::new();
    let mut channels = Vec::new();
    for (channel, &tracks) in between.iter().enumerate() {
        let outer = channel == 0 || channel == heights.len();
        let [above, below] = strips[channel];
        let strip = |from: f64, count: usize| -> Vec<f64> {
            (0..count).map(|level| from + level as f64 * label::STRIDE).collect()
        };
        let label_room = (above + below) as f64 * label::STRIDE;
        let first = y + STUB + above as f64 * label::STRIDE;
        let last = first + tracks.saturating_sub(1) as f64 * GAP;
        let height = match (tracks, outer) {
            (0, true) if above + below == 0 => 20.0,
            (0, _) => (16.0 + label_room + if above + below > 0 { 6.0 } else { 0.0 }).max(34.0),
            _ => last - y + below as f64 * label::STRIDE + ARROW,
        };
        let strips = [strip(y + 4.0, above), strip(last + 4.0, below)];
        channels.push(Channel { first, tracks, strips });
        y += height;
        if let Some(height) = heights.get(channel) {
            middles.push(y + height / 2.0);
            y += height;
        }
    }
    (middles, channels, y)
}
