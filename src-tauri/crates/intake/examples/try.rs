use std::io::Read;
fn main() {
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    let t = std::time::Instant::now();
    let r = intake::read(&s, &Default::default()).unwrap();
    let el = t.elapsed();
    for e in r.events.iter().take(40) {
        println!(
            "{:>3} {:?} [{}] {:?} {:?} <{}> {} || {}",
            e.line,
            e.at.map(|a| a.to_string()),
            e.local,
            e.precision,
            e.kind,
            e.actor.clone().unwrap_or_default(),
            e.text.chars().take(90).collect::<String>(),
            e.how
        );
    }
    for d in r.doubts.iter() {
        println!("ASK {:?} n={} {}", d.question, d.events.len(), d.sentence);
    }
    for l in r.not_understood.iter().take(30) {
        println!("LOST {} {}", l.line, l.text.chars().take(80).collect::<String>());
    }
    println!("zone {:?} order {:?} {:?}", r.zone, r.order, el);
}
