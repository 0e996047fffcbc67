//@ panic: misaligned pointer dereference
#[repr(align(4))]
struct Packet([u8; 8]);

fn read_length(packet: &[u8]) -> u32 {
    let p = packet.as_ptr() as *const u32;
    unsafe { *p }
}

fn main() {
    let packet = Packet([1, 0, 0, 0, 2, 0, 0, 0]);
    println!("from byte 4: {}", read_length(&packet.0[4..]));
    println!("from byte 1: {}", read_length(&packet.0[1..]));
}
