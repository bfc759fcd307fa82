//! Sorts, groups and folds over vectors and B-trees through iterators and closures.
use std::collections::BTreeMap;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    x: i32,
    y: i32,
}

impl Point {
    fn distance(self, other: Point) -> i64 {
        i64::from((self.x - other.x).abs()) + i64::from((self.y - other.y).abs())
    }
}

fn points(count: u32) -> Vec<Point> {
    (0..count)
        .scan(99u32, |random, _| {
            *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some(Point { x: (*random >> 20) as i32, y: (*random >> 8 & 0xFFF) as i32 })
        })
        .collect()
}

fn nearest(points: &[Point], to: Point) -> i64 {
    points.iter().filter(|point| **point != to).map(|point| point.distance(to)).min().unwrap_or(0)
}

fn by_cell(points: &[Point]) -> BTreeMap<(i32, i32), Vec<Point>> {
    let mut cells: BTreeMap<(i32, i32), Vec<Point>> = BTreeMap::new();
    for point in points {
        cells.entry((point.x / 512, point.y / 512)).or_default().push(*point);
    }
    cells
}

fn score(points: &mut [Point]) -> i64 {
    points.sort_by_key(|point| (point.y, point.x));
    by_cell(points).values().map(|cell| cell.iter().map(|point| nearest(cell, *point)).sum::<i64>()).sum()
}

#[no_mangle]
pub extern "C" fn run(n: i32) -> i64 {
    let all = points(2_000);
    (0..n).map(|_| score(&mut all.clone())).sum()
}

fn main() {}
