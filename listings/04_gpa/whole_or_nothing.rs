//@ run
// ANCHOR: labels
struct Label(String);

impl Label {
    fn new(name: &str, fails: bool) -> Result<Label, String> {
        if fails {
            return Err(format!("no memory for {name}"));
        }
        Ok(Label(name.to_string()))
    }
}

impl Drop for Label {
    fn drop(&mut self) {
        println!("freed {}", self.0);
    }
}

fn labels(names: &[&str], failing: usize) -> Result<Vec<Label>, String> {
    let mut items = Vec::with_capacity(names.len());
    for (i, name) in names.iter().enumerate() {
        items.push(Label::new(name, i == failing)?); // on an error `items` is dropped
    }
    Ok(items)
}
// ANCHOR_END: labels

// ANCHOR: main
fn main() {
    let names = ["cat", "dog", "owl"];

    if let Err(why) = labels(&names, 1) {
        println!("no labels: {why}");
    }
    if let Ok(items) = labels(&names, 3) {
        println!("{} labels, the last is {}", items.len(), items[2].0);
    }
}
// ANCHOR_END: main
