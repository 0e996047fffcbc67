//@ run
#[repr(C)] // keep the fields in this order
struct Entry {
    flag: u8,
    count: u32,
}

fn main() {
    let entry = Entry {
        flag: 1,
        count: 1000,
    };
    let wanted = size_of_val(&entry.flag) + size_of_val(&entry.count);
    println!("{wanted} bytes wanted, {} taken", size_of_val(&entry));
}
