//@ run
fn main() {
    let word = size_of::<usize>(); // an address fills one word
    println!("*u8       {}", size_of::<&u8>() / word);
    println!("*[1000]u8 {}", size_of::<&[u8; 1000]>() / word);
    println!("[*]u8     {}", size_of::<*const u8>() / word);
    println!("[]u8      {}", size_of::<&[u8]>() / word);
}
