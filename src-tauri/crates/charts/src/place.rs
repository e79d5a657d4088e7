//! Where labels go.
//!
//! 1. Two labels never overlap, and no label leaves the room it is given.
//! 2. Among the places that remain, a label takes the one that crosses the fewest strokes, then the nearest.
//! 3. Labels in a margin keep their order and are pushed apart just as far as they need.

/// A point in pixels.
pub(crate) type Point = (f64, f64);

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// The area around a middle.
    pub(crate) fn around((x, y): Point, width: f64, height: f64) -> Area {
        Area {
            left: x - width / 2.0,
            top: y - height / 2.0,
            right: x + width / 2.0,
            bottom: y + height / 2.0,
        }
    }

    /// The smallest area that holds both.
    pub(crate) fn with(self, other: Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The area with a margin on each side.
    pub(crate) fn grown(self, by: f64) -> Area {
        Area { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Whether two areas share more than an edge.
    pub(crate) fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether another area lies inside.
    pub(crate) fn holds(&self, other: &Area) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// The middle.
    pub(crate) fn middle(&self) -> Point {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// Whether the straight line between two points crosses the area (Liang and Barsky 1984): the parts of the line
    /// that lie on the inner side of each edge are narrowed until nothing is left.
    pub(crate) fn crossed_by(&self, a: Point, b: Point) -> bool {
        if a.0.max(b.0) <= self.left
            || a.0.min(b.0) >= self.right
            || a.1.max(b.1) <= self.top
            || a.1.min(b.1) >= self.bottom
        {
            return false;
        }
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (towards, room) in
            [(-dx, a.0 - self.left), (dx, self.right - a.0), (-dy, a.1 - self.top), (dy, self.bottom - a.1)]
        {
            if towards == 0.0 {
                if room <= 0.0 {
                    return false;
                }
            } else if towards < 0.0 {
                enters = enters.max(room / towards);
            } else {
                leaves = leaves.min(room / towards);
            }
        }
        enters < leaves
    }
}

/// A stroke that labels should not cross.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Obstacle {
    from: Point,
    to: Point,
    /// How bad a crossing is.
    weight: f64,
}

/// A place proposed for a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Proposal {
    pub area: Area,
    /// How unwelcome the place is in itself; a crossed line of text's own kind costs about 10.
    pub cost: f64,
}

/// Gives labels their places.
#[derive(Debug, Clone)]
pub(crate) struct Placer {
    room: Area,
    /// How far labels keep from strokes.
    clear: f64,
    obstacles: Vec<Obstacle>,
    taken: Vec<Area>,
}

impl Placer {
    /// A placer for labels inside a room, which keep clear of strokes by a distance.
    pub(crate) fn new(room: Area, clear: f64) -> Placer {
        Placer { room, clear, obstacles: Vec::new(), taken: Vec::new() }
    }

    /// Adds a line to keep clear of. Corners closer than a pixel to the one before are left out.
    pub(crate) fn avoid(&mut self, line: &[Point], weight: f64) {
        let mut corners = line.iter();
        let Some(mut from) = corners.next() else { return };
        for to in corners {
            if (to.0 - from.0).abs() + (to.1 - from.1).abs() >= 1.0 {
                self.obstacles.push(Obstacle { from: *from, to: *to, weight });
                from = to;
            }
        }
    }

    /// Takes an area out of the room.
    pub(crate) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// What a straight line between two points costs; none where it meets what is taken.
    pub(crate) fn cost_along(&self, from: Point, to: Point) -> Option<f64> {
        if self.taken.iter().any(|taken| taken.crossed_by(from, to)) {
            return None;
        }
        let line = Area::around(from, 0.0, 0.0).with(Area::around(to, 0.0, 0.0)).grown(0.5);
        let crossed = self.obstacles.iter().filter(|obstacle| line.crossed_by(obstacle.from, obstacle.to));
        Some(crossed.map(|obstacle| obstacle.weight * 0.6).sum())
    }

    /// The cheapest of the places, and its cost; none when each is outside the room or taken.
    pub(crate) fn best(&self, proposals: impl IntoIterator<Item = Proposal>) -> Option<Proposal> {
        let mut best: Option<Proposal> = None;
        for mut proposal in proposals {
            let area = proposal.area;
            if best.is_some_and(|best| best.cost <= proposal.cost)
                || !self.room.holds(&area)
                || self.taken.iter().any(|taken| taken.overlaps(&area))
            {
                continue;
            }
            let limit = best.map_or(f64::INFINITY, |best| best.cost);
            let area = area.grown(self.clear);
            for obstacle in &self.obstacles {
                if area.crossed_by(obstacle.from, obstacle.to) {
                    proposal.cost += obstacle.weight;
                    if proposal.cost >= limit {
                        break;
                    }
                }
            }
            if proposal.cost < limit {
                best = Some(proposal);
            }
        }
        best
    }
}

/// Moves the middles of labels in a margin apart, so that neighbours are `gap` away from each other and all lie between
/// `low` and `high`, as near to where they belong as that allows. Keeps the order in which they are given by value;
/// where the room is too small for all, the distances shrink evenly.
pub(crate) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let count = wanted.len();
    if count == 0 {
        return Vec::new();
    }
    let gap = if count > 1 { gap.min((high - low).max(0.0) / (count - 1) as f64) } else { gap };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    // Labels that touch form a block, which lies where the mean of its members wants it.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for index in &order {
        blocks.push((wanted[*index], 1));
        while let [.., (above, m), (below, n)] = blocks[..] {
            let needed = gap * (m + n) as f64 / 2.0;
            if below - above >= needed {
                break;
            }
            let whole = (m + n) as f64;
            let middle = (above * m as f64 + below * n as f64) / whole;
            blocks.truncate(blocks.len() - 2);
            blocks.push((middle, m + n));
        }
    }
    let mut placed = vec![0.0; count];
    let mut members = order.iter();
    for (middle, size) in blocks {
        let first = middle - gap * (size - 1) as f64 / 2.0;
        for (at, index) in members.by_ref().take(size).enumerate() {
            placed[*index] = first + gap * at as f64;
        }
    }
    // Blocks that stick out are pushed back, and push their neighbours.
    let mut least = low;
    for index in &order {
        placed[*index] = placed[*index].max(least);
        least = placed[*index] + gap;
    }
    let mut most = high;
    for index in order.iter().rev() {
        placed[*index] = placed[*index].min(most);
        most = placed[*index] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOX: Area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };

    #[test]
    fn a_line_crosses_an_area_only_where_it_goes_through() {
        for (crosses, a, b) in [
            (true, (0.0, 15.0), (30.0, 15.0)),
            (true, (15.0, 0.0), (15.0, 30.0)),
            (true, (12.0, 12.0), (13.0, 18.0)),
            (true, (5.0, 12.0), (12.0, 5.0 + 7.5)),
            (false, (5.0, 14.0), (14.0, 5.0)),
            (false, (0.0, 10.0), (30.0, 10.0)),
            (false, (20.0, 0.0), (20.0, 30.0)),
            (false, (0.0, 0.0), (9.0, 9.0)),
            (false, (15.0, 21.0), (15.0, 40.0)),
        ] {
            assert_eq!(BOX.crossed_by(a, b), crosses, "{a:?} to {b:?}");
            assert_eq!(BOX.crossed_by(b, a), crosses, "{b:?} to {a:?}");
        }
    }

    #[test]
    fn a_label_takes_the_place_that_crosses_least() {
        let mut placer = Placer::new(Area { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 }, 1.0);
        placer.avoid(&[(0.0, 50.0), (100.0, 50.0)], 10.0);
        let at = |y: f64, cost| Proposal { area: Area::around((50.0, y), 20.0, 10.0), cost };
        assert_eq!(placer.best([at(50.0, 0.0), at(60.0, 3.0)]), Some(at(60.0, 3.0)));
        assert_eq!(placer.best([at(55.5, 0.0), at(60.0, 3.0)]), Some(at(60.0, 3.0)), "too near");
        assert_eq!(placer.best([at(50.0, 0.0), at(98.0, 3.0)]), Some(at(50.0, 10.0)));
        placer.take(at(52.0, 0.0).area);
        assert_eq!(placer.best([at(50.0, 0.0), at(98.0, 3.0)]), None);
    }

    #[test]
    fn margin_labels_are_pushed_apart_just_as_far_as_they_need() {
        assert_eq!(spread(&[10.0, 50.0], 10.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(spread(&[50.0, 46.0], 10.0, 0.0, 100.0), [53.0, 43.0]);
        assert_eq!(spread(&[99.0, 98.0], 10.0, 0.0, 100.0), [100.0, 90.0]);
        assert_eq!(spread(&[5.0, 5.0, 5.0], 80.0, 0.0, 100.0), [0.0, 50.0, 100.0]);
        assert_eq!(spread(&[], 10.0, 0.0, 100.0), [0.0; 0]);
    }

    proptest! {
        #[test]
        fn margin_labels_never_overlap_nor_leave_the_margin(wanted in prop::collection::vec(-50.0..150.0_f64, 0..9)) {
            let placed = spread(&wanted, 10.0, 0.0, 100.0);
            let mut sorted = placed.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 10.0 - 1e-6), "{placed:?}");
            prop_assert!(sorted.iter().all(|y| (-1e-6..=100.0 + 1e-6).contains(y)), "{placed:?}");
        }
    }
}
