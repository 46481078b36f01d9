//! Shows how a sentence is read: `cargo run -p language --example explain -- "Bob broke it." [names…]`.

use language::{Context, Field, Names, check, explain};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().unwrap_or_default();
    let names = Names::of_people(arguments);
    let context = Context { names: &names, field: Field::Note };
    print!("{}", explain(&text, &context));
    for hint in check(&text, &context) {
        println!("{:?} by {}: {}\n-> {}", hint.class, hint.rule, hint.reason, hint.reword.unwrap_or_default());
    }
}
