//! Counts words of generated lines of CSV: iterators, string slices, hashing.
use std::collections::HashMap;
use std::fmt::Write;

struct Record<'a> {
    name: &'a str,
    city: &'a str,
    amount: i64,
}

fn parse(line: &str) -> Option<Record<'_>> {
    let mut fields = line.split(',');
    let name = fields.next()?.trim();
    let city = fields.next()?.trim();
    let amount = fields.next()?.trim().parse().ok()?;
    Some(Record { name, city, amount })
}

fn generate(lines: u32) -> String {
    let names = ["ada", "grace", "edsger", "barbara", "donald", "leslie", "tony"];
    let cities = ["london", "new york", "rotterdam", "los angeles", "milwaukee"];
    let mut text = String::new();
    let mut random = 7u32;
    for _ in 0..lines {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let name = names[(random >> 8) as usize % names.len()];
        let city = cities[(random >> 16) as usize % cities.len()];
        writeln!(text, "{name}{}, {city} , {}", random >> 27, random >> 20).expect("a string takes it");
    }
    text
}

fn totals(text: &str) -> i64 {
    let mut by_city: HashMap<&str, i64> = HashMap::new();
    let mut by_name: HashMap<String, (u32, i64)> = HashMap::new();
    for record in text.lines().filter_map(parse) {
        *by_city.entry(record.city).or_default() += record.amount;
        let entry = by_name.entry(record.name.to_uppercase()).or_default();
        entry.0 += 1;
        entry.1 = entry.1.max(record.amount);
    }
    let cities: i64 = by_city.iter().map(|(city, total)| total * city.len() as i64).sum();
    let names: i64 = by_name.iter().filter(|(_, (count, _))| *count > 1).map(|(name, (_, most))| most + name.len() as i64).sum();
    cities * 1000 + names
}

#[no_mangle]
pub extern "C" fn run(n: i32) -> i64 {
    let text = generate(2_000);
    (0..n).map(|_| totals(&text)).sum()
}

fn main() {}
