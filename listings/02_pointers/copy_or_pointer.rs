//@ run
#[derive(Clone, Copy)]
struct Item {
    key: u8,
    count: u8,
}

fn main() {
    let mut items = [Item { key: 1, count: 0 }, Item { key: 2, count: 0 }];

    let mut copied = items[0]; // copies, because Item is Copy
    copied.count += 1;

    let pointed = &mut items[1];
    pointed.count += 1;

    println!("copied.count {}", copied.count);
    for item in items {
        println!("item {}: count {}", item.key, item.count);
    }
}
